//! A server on loopback whose answers a test sets, and a client of it.

pub(crate) use care_testkit::mock_server::{answer_all, lines, ok};

use care_testkit::fixtures::Fixtures;
use newfies_client::{Http, Newfies, NewfiesBuilder, Options, RetryPolicy};
use serde_json::Value;
use std::time::Duration;
use wiremock::{MockServer, ResponseTemplate};

pub(crate) const USER: &str = "manager";
pub(crate) const PASSWORD: &str = "hush";
/// User and password as basic authentication writes them.
pub(crate) const BASIC: &str = "Basic bWFuYWdlcjpodXNo";

/// A documented example.
pub(crate) fn fixture(file: &str) -> Value {
    Fixtures::of(env!("CARGO_MANIFEST_DIR")).json(file)
}

/// The same with links as paths, as this crate writes them.
pub(crate) fn with_paths(mut value: Value) -> Value {
    match &mut value {
        Value::Object(map) => map.values_mut().for_each(|value| *value = with_paths(value.take())),
        Value::Array(items) => items.iter_mut().for_each(|value| *value = with_paths(value.take())),
        Value::String(text) => {
            for host in ["http://127.0.0.1:8000", "http://localhost:8000"] {
                *text = text.replace(host, "");
            }
        }
        _ => {}
    }
    value
}

/// An error with this body.
pub(crate) fn failing(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
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
pub(crate) fn bare(server: &MockServer) -> NewfiesBuilder {
    Newfies::builder().base_url(server.uri()).options(options())
}

/// The same with credentials, ready to use.
pub(crate) fn newfies(server: &MockServer) -> Newfies {
    bare(server).basic_auth(USER, PASSWORD).build().unwrap()
}
