//! Engagement: requests with a token, and responses as JSON.

use super::{RawRequest, RawResponse, documents};
use care_emulators::engagement::{ACCESS_TOKEN, Controller, Emulator, NewAgent, SOURCE_ID};
use serde_json::Value;

/// The path prefix.
pub(crate) const PREFIX: &str = "/1.0";

/// A request without credentials.
pub(crate) fn bare(method: &'static str, path: &str) -> RawRequest {
    RawRequest::new(method, format!("{PREFIX}{path}"))
}

/// A request of the default agent.
pub(crate) fn request(method: &'static str, path: &str) -> RawRequest {
    bare(method, path).token(ACCESS_TOKEN)
}

/// A request of the default agent with a form.
pub(crate) fn form_request(method: &'static str, path: &str, form: &str) -> RawRequest {
    request(method, path).header("content-type: application/x-www-form-urlencoded").body(form)
}

impl RawRequest {
    /// Sends the request and returns status and JSON body.
    pub(crate) async fn send_for_json(&self, emulator: &Emulator) -> (u16, Value) {
        let response = self.send(emulator).await;
        (response.status, response.utf8_json())
    }
}

impl RawResponse {
    pub(crate) fn utf8_json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json; charset=utf-8"), "{self:?}");
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Sends a request of the default agent, and returns status and body.
pub(crate) async fn send(emulator: &Emulator, method: &'static str, path: &str) -> (u16, Value) {
    request(method, path).send_for_json(emulator).await
}

/// Sends a request of the default agent that must succeed, and returns the body.
pub(crate) async fn done(emulator: &Emulator, method: &'static str, path: &str) -> Value {
    let (status, body) = send(emulator, method, path).await;
    assert_eq!(status, 200, "{method} {path}: {body}");
    body
}

/// Sends a request of the default agent that must fail, and returns the status and the error's identifier.
pub(crate) async fn refused(emulator: &Emulator, method: &'static str, path: &str) -> (u16, String) {
    refusal(&send(emulator, method, path).await)
}

/// The status and identifier of an error, which has the documented form.
pub(crate) fn refusal((status, body): &(u16, Value)) -> (u16, String) {
    assert_eq!(body["status"], *status, "{body}");
    assert!(body["message"].as_str().is_some_and(|message| !message.is_empty()), "{body}");
    (*status, body["error"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned())
}

/// The ids in a list of the default agent, and the count.
pub(crate) async fn listed(emulator: &Emulator, query: &str) -> (Vec<String>, u64) {
    let list = done(emulator, "GET", &format!("/interventions{query}")).await;
    (ids(&list), list["count"].as_u64().unwrap())
}

pub(crate) fn ids(list: &Value) -> Vec<String> {
    list["records"].as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

/// An agent who reads the default source, and their token.
pub(crate) fn agent(controller: &Controller, agent: NewAgent) -> (String, String) {
    let id = controller.add_agent(agent);
    controller.allow_read(&id, SOURCE_ID).unwrap();
    let token = controller.issue_token(&id).unwrap();
    (id, token)
}

/// A fixture of the examples.
pub(crate) fn fixture(name: &str) -> Value {
    documents::json_of("engagement-client", name)
}
