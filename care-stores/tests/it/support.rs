//! Values as the stores keep them, made from numbers.

use aura_client::SessionState;
use care_webhook::Notification;
use leap_client::PendingAck;
use serde_json::{Value, json};

pub(crate) fn session(key: u32, version: u32) -> SessionState {
    session_in(key, version, json!({ "active": key }))
}

pub(crate) fn session_in(key: u32, version: u32, phase: Value) -> SessionState {
    let state = json!({
        "version": 1, "key": format!("{key:032x}"), "label": "canary", "phase": phase, "dismissed": false,
        "last_event": version, "created_at": "2026-11-28T02:03:04.000Z",
    });
    serde_json::from_value(state).unwrap()
}

pub(crate) fn pending(key: u32, version: u32) -> PendingAck {
    let entry = json!({
        "id": key.to_string(), "last_update_time": "2026-11-28T02:03:04.000Z", "request": version, "updates": [1, 2],
    });
    serde_json::from_value(entry).unwrap()
}

/// The version of an entry, which has no accessor.
pub(crate) fn version_of(pending: &PendingAck) -> u32 {
    serde_json::to_value(pending).unwrap()["request"].as_u64().unwrap().try_into().unwrap()
}

pub(crate) fn call(key: u32, version: u32) -> Notification {
    call_at(&format!("2026-11-28T02:03:04.{:09}Z", version % 1_000_000_000), &format!("{key} {version}"))
}

pub(crate) fn call_at(received_at: &str, body: &str) -> Notification {
    let stored = json!({"received_at": received_at, "notifier": "desk", "body": {"text": body}});
    serde_json::from_value(stored).unwrap()
}
