//! Signing in.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bytes::Bytes;
use http::HeaderMap;
use serde_json::{Value, json};

use super::super::account;
use super::super::refusal::{Fields, Refusal};
use super::super::world::World;
use super::body::object;
use crate::form::pairs;
use crate::media_type::is_called;

pub(super) async fn sign_in(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let settings = &world.settings;
    let sent = fields(&headers, &body)?;
    let mut wrong = Fields::new();
    let mut text = |key: &str| {
        let text = sent.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        if text.is_none() {
            wrong.insert(key.to_owned(), json!(["This is required."]));
        }
        text
    };
    let (username, password) = (text("username"), text("password"));
    if !wrong.is_empty() {
        return Err(Refusal::fields(wrong));
    }
    if username != Some(&settings.username) || password != Some(&settings.password) {
        return Err(Refusal::general(settings.sign_in_refusal, "There is no such account, or the password is wrong."));
    }
    let now = world.now();
    let mut state = world.state();
    let token = state.tokens.issue(settings, now);
    Ok(Json(json!({ "token": token, "user": account::show(settings, state.since) })))
}

/// What was sent, as a form or as JSON.
fn fields(headers: &HeaderMap, body: &Bytes) -> Result<Fields, Refusal> {
    if !is_called(headers, &["application/x-www-form-urlencoded"]) {
        return object(headers, body);
    }
    let pairs = std::str::from_utf8(body).ok().and_then(pairs).unwrap_or_default();
    Ok(pairs.into_iter().map(|(name, value)| (name, Value::String(value))).collect())
}
