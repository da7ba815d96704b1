//! What several test files need. Each of them uses a part of it.
#![allow(dead_code, unused_imports, reason = "every test file compiles its own copy and uses a part")]

mod scripted;

pub(crate) use scripted::{Scripted, Sent};

use aura_client::{Aura, AuraBuilder, Callout, Options, RetryPolicy};
use serde_json::Value;
use std::{fs, path::Path, time::Duration};
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

pub(crate) const USER_TOKEN: &str = "a-users-token";
pub(crate) const CLIENT_ID: &str = "00000000-0000-0000-0000-000000000000";
pub(crate) const CLIENT_SECRET: &str = "a client's secret";

/// A documented example, or one of ours below `ours/`, without its ending.
pub(crate) fn fixture(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).with_extension("json");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
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
    let retry = RetryPolicy::new().first_delay(Duration::ZERO);
    Aura::builder().base_url(server.uri()).options(Options::new().retry(retry))
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
pub(crate) fn scripted(script: &Scripted) -> Aura {
    let options = Options::new().transport(script.clone());
    Aura::builder().base_url("https://aura.example.com").user_token(USER_TOKEN).options(options).build().unwrap()
}

/// Answers one operation.
pub(crate) async fn answer(server: &MockServer, verb: &str, at: &str, answer: ResponseTemplate) {
    Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(server).await;
}

/// An answer with status 200 and this body.
pub(crate) fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// All requests that came, in their order.
pub(crate) async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

/// Method, path and query of all requests that came.
pub(crate) async fn lines(server: &MockServer) -> Vec<String> {
    received(server).await.iter().map(line).collect()
}

/// Method, path and query of a request.
pub(crate) fn line(request: &Request) -> String {
    let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{} {}{query}", request.method, request.url.path())
}
