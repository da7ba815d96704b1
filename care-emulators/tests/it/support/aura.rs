//! AURA over raw HTTP: requests with a token, and callouts as JSON.

use super::{RawRequest, documents};
use care_emulators::aura::Emulator;
use serde_json::{Value, json};

pub(crate) fn prefixed(path: &str) -> String {
    format!("/panic-api{path}")
}

/// A fixture of the documented examples.
pub(crate) fn fixture(name: &str) -> Value {
    documents::json_of("aura-client", name)
}

/// The body of a create, classified as TEST.
pub(crate) fn test_callout() -> Value {
    fixture("create-callout-request")
}

/// The body of a create, classified as REAL, with few fields.
pub(crate) fn real_callout() -> Value {
    json!({
        "calloutClassificationId": 1,
        "customer": {
            "name": "Nobody ",
            "surname": "Inparticular",
            "email": "nobody@example.net",
            "mobile": "0000000",
        },
        "calloutLocation": { "latitude": 51.5, "longitude": -0.125 },
    })
}

/// Creates a callout and returns its id.
pub(crate) async fn create(emulator: &Emulator, token: &str, body: &Value) -> u64 {
    let response = RawRequest::post(prefixed("/callouts"), body).token(token).send(emulator).await;
    assert_eq!(response.status, 201, "{:?}", response.json());
    response.json()["callout"]["id"].as_u64().unwrap()
}

pub(crate) async fn get(emulator: &Emulator, token: &str, id: u64, query: &str) -> Value {
    let response = RawRequest::get(prefixed(&format!("/callouts/{id}{query}"))).token(token).send(emulator).await;
    assert_eq!(response.status, 200);
    response.json()
}
