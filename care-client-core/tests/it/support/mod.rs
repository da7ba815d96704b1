//! What the tests share: a server that fails on command, a transport that follows a script, and endpoints of each
//! safety.

mod endpoints;
mod scripted;
mod server;
mod tokens;
mod traced;

pub(crate) use self::{endpoints::*, scripted::*, server::*, tokens::*, traced::*};

use care_client_core::{Credentials, Http, Options, Pipeline, RetryPolicy};
use std::time::Duration;

pub(crate) const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// The default policy with waits so short that tests over real sockets take no time.
pub(crate) fn quick_retry() -> RetryPolicy {
    RetryPolicy::new().first_delay(Duration::from_micros(100)).max_delay(Duration::from_micros(200))
}

/// The default options with quick repeats.
pub(crate) fn quick() -> Options {
    Options::new().retry(quick_retry())
}

/// A transport that the cases of one test share, since to set up TLS for each of hundreds takes long.
pub(crate) fn shared_http() -> Http {
    Http::with_defaults().unwrap()
}

/// A pipeline without credentials.
pub(crate) fn pipeline(url: &str, options: Options) -> Pipeline {
    pipeline_with(url, options, Credentials::None)
}

/// A pipeline with credentials.
pub(crate) fn pipeline_with(url: &str, options: Options, credentials: Credentials) -> Pipeline {
    Pipeline::builder(url, "tests/1.0").options(options).credentials(credentials).build().unwrap()
}

/// A pipeline over a script, without credentials and with the default options.
pub(crate) fn over(scripted: &Scripted) -> Pipeline {
    pipeline("http://localhost", Options::new().transport(scripted.clone()))
}
