//! A server on loopback whose answers a test sets, and a client of it.

pub(crate) use care_testkit::mock_server::{answer_all, ok, options, received};

use care_testkit::fixtures::Fixtures;
use newfies_client::{Newfies, NewfiesBuilder, Options};
use serde_json::Value;
use wiremock::MockServer;

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

/// A client of this server without credentials.
pub(crate) fn bare(server: &MockServer) -> NewfiesBuilder {
    Newfies::builder().base_url(server.uri()).options(options())
}

/// A client of this server with these options.
pub(crate) fn newfies_with(server: &MockServer, options: Options) -> Newfies {
    bare(server).options(options).basic_auth(USER, PASSWORD).build().unwrap()
}

/// The same with options that retry without waiting.
pub(crate) fn newfies(server: &MockServer) -> Newfies {
    newfies_with(server, options())
}
