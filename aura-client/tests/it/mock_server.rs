//! A server on loopback whose answers a test sets, clients of it, and documents that it answers with.

pub(crate) use care_testkit::{
    SocketlessTransport,
    mock_server::{answer, lines, ok, options, received},
};

use aura_client::{Aura, AuraBuilder, Callout, Options};
use care_testkit::fixtures::Fixtures;
use serde_json::Value;
use wiremock::MockServer;

pub(crate) const USER_TOKEN: &str = "a-users-token";
pub(crate) const CLIENT_ID: &str = "00000000-0000-0000-0000-000000000000";
pub(crate) const CLIENT_SECRET: &str = "a client's secret";

/// A documented example, or one of ours below `ours/`, without its ending.
pub(crate) fn fixture(name: &str) -> Value {
    Fixtures::of(env!("CARGO_MANIFEST_DIR")).json(&format!("{name}.json"))
}

/// A callout from its JSON.
pub(crate) fn read(document: &Value) -> Callout {
    serde_json::from_value(document.clone()).unwrap_or_else(|error| panic!("{error}: {document}"))
}

/// A documented example with one value changed, at a JSON pointer.
pub(crate) fn changed(name: &str, at: &str, value: Value) -> Value {
    let mut document = fixture(name);
    *document.pointer_mut(at).unwrap_or_else(|| panic!("{name} has no {at}")) = value;
    document
}

/// A documented callout.
pub(crate) fn callout(name: &str) -> Callout {
    read(&fixture(name))
}

/// A client of this server that repeats without waiting.
pub(crate) fn builder(server: &MockServer) -> AuraBuilder {
    Aura::builder().base_url(server.uri()).options(options())
}

/// A client of this server with all credentials and these options.
pub(crate) fn client(server: &MockServer, options: Options) -> Aura {
    let builder = builder(server).options(options).user_token(USER_TOKEN);
    builder.server_credentials(CLIENT_ID, CLIENT_SECRET).build().unwrap()
}

/// A client with the user's token.
pub(crate) fn user(server: &MockServer) -> Aura {
    builder(server).user_token(USER_TOKEN).build().unwrap()
}

/// A client with the server's credentials.
pub(crate) fn backend(server: &MockServer) -> Aura {
    builder(server).server_credentials(CLIENT_ID, CLIENT_SECRET).build().unwrap()
}

/// A client with the user's token over a script, for the paused clock.
pub(crate) fn scripted(script: &SocketlessTransport) -> Aura {
    let options = Options::new().transport(script.clone());
    Aura::builder().base_url("https://aura.example.com").user_token(USER_TOKEN).options(options).build().unwrap()
}
