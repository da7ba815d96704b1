//! The acts of all emulators: faults, journal and clock.

use super::{act::Act, faults};
use crate::{clock::Clock, faults::Faults, journal::Journal};
use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use chrono::SecondsFormat;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

pub(super) fn acts() -> Vec<Act> {
    vec![
        Act::get("faults"),
        Act::post("faults", r#"{"fault":"drop_after_commit","method":"POST","path":"","times":1}"#),
        Act::delete("faults"),
        Act::get("journal"),
        Act::delete("journal"),
        Act::get("clock"),
        Act::post("clock/advance", r#"{"seconds":60}"#),
        Act::post("clock/freeze", ""),
        Act::post("clock/run", ""),
    ]
}

pub(super) fn router(faults: Faults, journal: Journal, clock: Clock) -> Router {
    let faults = Router::new()
        .route("/_emulator/faults", get(faults::list).post(faults::plan).delete(faults::clear))
        .with_state(faults);
    let journal = Router::new().route("/_emulator/journal", get(requests).delete(clear)).with_state(journal);
    let clock = Router::new()
        .route("/_emulator/clock", get(now))
        .route("/_emulator/clock/advance", post(advance))
        .route("/_emulator/clock/freeze", post(freeze))
        .route("/_emulator/clock/run", post(run))
        .with_state(clock);
    faults.merge(journal).merge(clock)
}

/// All kept requests, oldest first. Headers that may be secret are left out.
async fn requests(State(journal): State<Journal>) -> Json<Value> {
    let shown = journal.requests().into_iter().map(|request| {
        let body = String::from_utf8_lossy(request.body());
        json!({ "method": request.method.as_str(), "path": request.path, "query": request.query, "body": body })
    });
    let shown: Vec<_> = shown.collect();
    Json(json!({ "total": journal.total(), "requests": shown }))
}

async fn clear(State(journal): State<Journal>) -> StatusCode {
    journal.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Advance {
    seconds: u64,
}

fn time(clock: &Clock) -> Json<Value> {
    Json(json!({ "now": clock.now().to_rfc3339_opts(SecondsFormat::Millis, true) }))
}

async fn now(State(clock): State<Clock>) -> Json<Value> {
    time(&clock)
}

async fn advance(State(clock): State<Clock>, Json(Advance { seconds }): Json<Advance>) -> Json<Value> {
    clock.advance(Duration::from_secs(seconds));
    time(&clock)
}

async fn freeze(State(clock): State<Clock>) -> Json<Value> {
    clock.freeze();
    time(&clock)
}

async fn run(State(clock): State<Clock>) -> Json<Value> {
    clock.run();
    time(&clock)
}
