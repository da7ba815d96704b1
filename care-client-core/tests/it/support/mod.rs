//! What the tests share: a server that fails on command, a transport that follows a script, and endpoints of each
//! safety.

mod scripted;
mod server;

pub(crate) use self::{scripted::*, server::*};

use care_client_core::{
    Credentials, DecodeError, Endpoint, Error, Http, Operation, Options, Pipeline, RawResponse, RequestParts,
    RetryPolicy, Safety,
};
use serde::Deserialize;
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

/// The answer that every endpoint here reads.
pub(crate) const DONE: &str = r#"{"id":7}"#;

#[derive(Deserialize)]
struct Answer {
    id: Option<u64>,
    refused: Option<String>,
}

/// The three endpoints differ in nothing but their safety: all `POST`, which a client that went by the verb would
/// take for one and the same.
macro_rules! probe {
    ($name:ident, $operation:literal, $safety:ident) => {
        #[derive(Clone, Copy)]
        pub(crate) struct $name;

        impl Endpoint for $name {
            type Output = u64;
            const OPERATION: &'static Operation =
                &Operation::new($operation, "/things/{name}", Safety::$safety, "https://docs.example.com/things");

            fn parts(&self) -> Result<RequestParts, Error> {
                RequestParts::post(["things", "one"]).json(&serde_json::json!({"name": "thing"}))
            }

            fn decode(&self, response: &RawResponse) -> Result<u64, DecodeError> {
                let answer: Answer = response.json()?;
                match answer.refused {
                    Some(_) => Err(DecodeError::refused("the service said no")),
                    None => answer.id.ok_or_else(|| DecodeError::unreadable("id", "missing")),
                }
            }
        }
    };
}

probe!(Look, "test.look", Read);
probe!(Put, "test.put", Idempotent);
probe!(Add, "test.add", Once);

/// Deletes a thing, and needs nothing of the answer.
#[derive(Clone, Copy)]
pub(crate) struct Delete;

impl Endpoint for Delete {
    type Output = ();
    const OPERATION: &'static Operation =
        &Operation::new("test.delete", "/things/{name}", Safety::Idempotent, "https://docs.example.com/things");

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::new(http::Method::DELETE, ["things", "one"]))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        response.accepted()
    }

    fn settle(&self, refusal: &RawResponse) -> Option<()> {
        (refusal.status == http::StatusCode::NOT_FOUND).then_some(())
    }
}
