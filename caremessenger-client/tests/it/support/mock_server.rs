//! A server on loopback whose answers a test sets, and a client of it.
pub(crate) use care_testkit::mock_server::{lines, ok, received};

use care_testkit::fixtures::Fixtures;
use caremessenger_client::{CareMessenger, CareMessengerBuilder, Http, Options, RetryPolicy};
use serde_json::Value;
use std::time::Duration;
use wiremock::MockServer;

pub(crate) const USER: &str = "admin@example.com";
pub(crate) const PASSWORD: &str = "hush";
pub(crate) const TOKEN: &str = "abc.def.ghi";

/// A documented example.
pub(crate) fn fixture(name: &str) -> Value {
    Fixtures::of(env!("CARGO_MANIFEST_DIR")).json(&format!("{name}.json"))
}

thread_local! {
    /// One for all clients of a test: to make one takes longer than most tests.
    static HTTP: Http = Http::with_defaults().unwrap();
}

/// Options by which a client repeats without waiting.
pub(crate) fn options() -> Options {
    let options = Options::new().transport(HTTP.with(Http::clone));
    options.retry(RetryPolicy::new().first_delay(Duration::ZERO))
}

/// A client of this server without credentials.
pub(crate) fn bare(server: &MockServer) -> CareMessengerBuilder {
    CareMessenger::builder().base_url(server.uri()).options(options())
}

/// The same with a token.
pub(crate) fn care(server: &MockServer) -> CareMessenger {
    bare(server).token(TOKEN).build().unwrap()
}
