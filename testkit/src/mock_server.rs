//! Short words for wiremock, a server on loopback whose answers a test sets.

use serde_json::Value;
use wiremock::{
    Mock, MockServer, Request, Respond, ResponseTemplate,
    matchers::{any, method, path},
};

/// Answers one operation.
pub async fn answer(server: &MockServer, verb: &str, at: &str, answer: ResponseTemplate) {
    Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(server).await;
}

/// Answers everything so, and nothing as before.
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

/// All requests that came, in their order.
pub async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

/// Method, path and query of all requests that came.
pub async fn lines(server: &MockServer) -> Vec<String> {
    received(server).await.iter().map(line).collect()
}

/// Method, path and query of a request.
#[must_use]
pub fn line(request: &Request) -> String {
    let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{} {}{query}", request.method, request.url.path())
}
