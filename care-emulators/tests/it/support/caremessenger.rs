//! CareMessenger: requests with a token, and providers as JSON.

use super::{RawRequest, RawResponse, documents};
use care_emulators::caremessenger::{Emulator, EmulatorBuilder, SITE_ID};
use serde_json::{Value, json};
use std::time::Duration;

/// The path of providers.
pub(crate) const PROVIDERS: &str = "/v2/assistance-provider";

pub(crate) async fn get(emulator: &Emulator, path: &str) -> RawResponse {
    RawRequest::get(path).token(&emulator.token()).send(emulator).await
}

/// Reads JSON from a path that must exist.
pub(crate) async fn read(emulator: &Emulator, path: &str) -> Value {
    let response = get(emulator, path).await;
    assert_eq!(response.status, 200, "{path}");
    response.json()
}

/// Sends JSON.
pub(crate) async fn send(emulator: &Emulator, method: &'static str, path: &str, body: &Value) -> RawResponse {
    let request = RawRequest::new(method, path).header("content-type: application/json").body(body.to_string());
    request.token(&emulator.token()).send(emulator).await
}

/// Creates a provider, and returns the response.
pub(crate) async fn create(emulator: &Emulator, body: &Value) -> Value {
    let response = send(emulator, "POST", PROVIDERS, body).await;
    assert_eq!(response.status, 201, "{:?}", response.json());
    response.json()
}

/// A provider of the initial site.
pub(crate) fn of_site(emails: &Value, webhooks: &Value) -> Value {
    json!({
        "name": "Night shift",
        "label": "Night manager",
        "content_type": "site",
        "object_id": SITE_ID,
        "email_notifiers": emails,
        "webhook_notifiers": webhooks,
    })
}

pub(crate) fn email(n: u64) -> Value {
    json!({ "name": format!("Mail {n}"), "email": format!("mail-{n}@example.com") })
}

pub(crate) fn webhook(n: u64) -> Value {
    json!({ "name": format!("Hook {n}"), "url": format!("https://receiver.example/hooks/{n}") })
}

/// An emulator whose clock is frozen some microseconds after a full second.
pub(crate) async fn at_rest(builder: EmulatorBuilder) -> Emulator {
    let emulator = builder.start().await.unwrap();
    let clock = emulator.clock();
    clock.freeze();
    clock.advance(Duration::from_nanos(1_001_234_000 - u64::from(clock.now().timestamp_subsec_nanos())));
    emulator
}

/// A fixture of the documented examples.
pub(crate) fn fixture(name: &str) -> Value {
    documents::json_of("caremessenger-client", name)
}
