//! Hooks, authentication and sign-in.

use crate::{
    bodies::{form_pairs, has_media_type},
    caremessenger::{
        error_response::{ErrorResponse, Fields},
        request_bodies::object,
        view,
        world::World,
    },
};
use axum::{
    Json,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header::AUTHORIZATION};
use serde_json::{Value, json};
use std::sync::Arc;

/// Runs the hooks that a test has planned for this request.
pub(super) async fn handle(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    world.hooks.around(&world, request, |request| next.run(request)).await
}

/// Checks the token, and the permission to write.
pub(super) async fn admit(
    State(world): State<Arc<World>>,
    request: Request,
    next: Next,
) -> Result<Response, ErrorResponse> {
    check(&world, request.method(), request.headers())?;
    Ok(next.run(request).await)
}

fn check(world: &World, method: &Method, headers: &HeaderMap) -> Result<(), ErrorResponse> {
    let scheme = world.settings.scheme.as_str();
    let sent = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = sent.and_then(|sent| sent.split_once(' ')).filter(|(sent, _)| sent.eq_ignore_ascii_case(scheme));
    let (_, token) =
        token.ok_or_else(|| ErrorResponse::unauthorized(scheme, "Authentication credentials were not provided."))?;
    let (now, state) = (world.clock.now(), world.state());
    match state.tokens.is_valid(token.trim(), now) {
        None => Err(ErrorResponse::unauthorized(scheme, "Unknown or revoked token.")),
        Some(false) => Err(ErrorResponse::unauthorized(scheme, "The token has expired.")),
        Some(true) if state.read_only && method != Method::GET => {
            Err(ErrorResponse::new(StatusCode::FORBIDDEN, "The account does not have permission to write."))
        }
        Some(true) => Ok(()),
    }
}

pub(super) async fn sign_in(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ErrorResponse> {
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
        return Err(ErrorResponse::fields(wrong));
    }
    if username != Some(&settings.username) || password != Some(&settings.password) {
        return Err(ErrorResponse::general(settings.failed_sign_in_status, "Unknown user name or wrong password."));
    }
    let now = world.now();
    let mut state = world.state();
    let token = state.tokens.issue(settings, now);
    Ok(Json(json!({ "token": token, "user": view::account(settings, state.since) })))
}

/// The fields of a form or a JSON body.
fn fields(headers: &HeaderMap, body: &Bytes) -> Result<Fields, ErrorResponse> {
    if !has_media_type(headers, &["application/x-www-form-urlencoded"]) {
        return object(headers, body);
    }
    let pairs = std::str::from_utf8(body).ok().and_then(form_pairs).unwrap_or_default();
    Ok(pairs.into_iter().map(|(name, value)| (name, Value::String(value))).collect())
}
