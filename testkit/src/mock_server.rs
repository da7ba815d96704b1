//! Short forms of wiremock: a server on loopback whose answers a test sets, and options for a client of it.

use care_client_core::{Http, Options, RetryPolicy};
use serde_json::Value;
use std::time::Duration;
use wiremock::{
    Mock, MockServer, Request, Respond, ResponseTemplate,
    matchers::{any, method, path},
};

thread_local! {
    /// One for all clients of a test: to make one takes longer than most tests.
    static HTTP: Http = Http::with_defaults().unwrap();
}

/// Options by which a client repeats without waiting. The clients of a test share one transport.
#[must_use]
pub fn options() -> Options {
    Options::new().transport(HTTP.with(Http::clone)).retry(RetryPolicy::new().first_delay(Duration::ZERO))
}

/// Answers one operation.
pub async fn answer(server: &MockServer, verb: &str, at: &str, answer: ResponseTemplate) {
    Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(server).await;
}

/// Answers everything with this, instead of what was set before.
pub async fn answer_all(server: &MockServer, answer: impl Respond + 'static) {
    server.reset().await;
    Mock::given(any()).respond_with(answer).mount(server).await;
}

/// An answer with status 200 and this body.
#[must_use]
pub fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// An answer with status 200 and this text, such as XML, with its content type.
#[must_use]
pub fn ok_text(body: impl Into<String>, content_type: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body.into(), content_type)
}

/// All received requests, in their order.
pub async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

/// Method, path and query of all received requests.
pub async fn lines(server: &MockServer) -> Vec<String> {
    received(server).await.iter().map(line).collect()
}

/// Method, path and query of a request.
#[must_use]
pub fn line(request: &Request) -> String {
    let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{} {}{query}", request.method, request.url.path())
}
