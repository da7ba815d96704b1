//! The endpoints for callouts.

use super::extract::{Anyone, Caller, Id, json};
use crate::aura::{
    controller::start_autoplay,
    error_response::ErrorResponse,
    record::View,
    request_bodies::{Comment, Fix, NewCallout},
    world::{CLASSIFICATIONS, Classification, World},
};
use axum::{
    Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// A callout in an answer: bare, or under `callout`.
#[derive(Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    Bare(&'a View<'a>),
    Wrapped { message: &'static str, callout: &'a View<'a> },
}

impl<'a> Shown<'a> {
    fn new(wrapped: bool, message: &'static str, callout: &'a View<'a>) -> Self {
        if wrapped { Self::Wrapped { message, callout } } else { Self::Bare(callout) }
    }

    fn answer(&self, status: StatusCode) -> Response {
        let json = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
        match serde_json::to_vec(self) {
            Ok(body) => (status, [json], body).into_response(),
            Err(_) => ErrorResponse::planned(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
        }
    }
}

pub(super) async fn classifications(_: Anyone) -> Json<&'static [Classification]> {
    Json(&CLASSIFICATIONS)
}

pub(super) async fn create(
    State(world): State<Arc<World>>,
    Caller(caller): Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ErrorResponse> {
    let new: NewCallout = json(&headers, &body)?;
    if !new.callout_location.is_valid() {
        return Err(ErrorResponse::malformed("`calloutLocation` has invalid coordinates"));
    }
    let known = |id: u64| CLASSIFICATIONS.iter().any(|classification| classification.id == id);
    if new.callout_classification_id.is_some_and(|id| !known(id)) {
        return Err(ErrorResponse::malformed("`calloutClassificationId` is unknown"));
    }
    let wrapped = !world.settings.bare_created;
    let answer =
        |callout: &View<'_>| Shown::new(wrapped, "The callout is created", callout).answer(StatusCode::CREATED);
    let (id, answer) = world.create(caller, new, answer);
    start_autoplay(&world, id);
    Ok(answer)
}

pub(super) async fn get(
    State(world): State<Arc<World>>,
    Caller(caller): Caller,
    Id(id): Id,
    RawQuery(query): RawQuery,
) -> Result<Response, ErrorResponse> {
    let asked = |flag: &str| query.as_deref().unwrap_or_default().split('&').any(|pair| pair == flag);
    let (route, events) = (asked("shouldIncludeRoute=true"), asked("shouldIncludeEvents=true"));
    let wrapped = world.settings.wrapped_get;
    let answer = world.with_own(id, &caller, |record, _| {
        Shown::new(wrapped, "The callout is found", &record.view(route, events)).answer(StatusCode::OK)
    });
    answer.ok_or_else(ErrorResponse::no_callout)
}

pub(super) async fn locate(
    State(world): State<Arc<World>>,
    Caller(caller): Caller,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ErrorResponse> {
    let fix: Fix = json(&headers, &body)?;
    if !fix.is_valid() {
        return Err(ErrorResponse::malformed("The location has invalid coordinates"));
    }
    let located = world.with_own(id, &caller, |record, context| record.locate(context, fix));
    located.map(|()| Json(json!({ "message": "The location is updated" }))).ok_or_else(ErrorResponse::no_callout)
}

/// The guide shows no body: an empty one and any JSON object are accepted.
pub(super) async fn dismiss(
    State(world): State<Arc<World>>,
    Caller(caller): Caller,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ErrorResponse> {
    if !body.is_empty() {
        let _: serde_json::Map<String, Value> = json(&headers, &body)?;
    }
    let dismissed = world.with_own(id, &caller, |record, _| record.dismiss());
    dismissed.map(|()| Json(json!({ "message": "The callout is dismissed" }))).ok_or_else(ErrorResponse::no_callout)
}

pub(super) async fn comment(
    State(world): State<Arc<World>>,
    Caller(caller): Caller,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), ErrorResponse> {
    let Comment { message } = json(&headers, &body)?;
    if message.is_empty() {
        return Err(ErrorResponse::malformed("`message` is empty"));
    }
    let added = world.with_own(id, &caller, |record, context| record.comment(context, message));
    let answer = || (StatusCode::CREATED, Json(json!({ "message": "The message is added" })));
    added.map(|()| answer()).ok_or_else(ErrorResponse::no_callout)
}
