//! Callouts, as their customers use them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::case::View;
use super::super::place::Fix;
use super::super::refusal::Refusal;
use super::super::request::NewCallout;
use super::super::world::{CLASSIFICATIONS, World};
use super::body::{Id, json};
use super::identity::Caller;

/// A callout in an answer, either bare or under `callout`.
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
            Err(_) => Refusal::planned(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
        }
    }
}

pub(super) async fn create(
    State(world): State<Arc<World>>,
    Caller(caller): Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let new: NewCallout = json(&headers, &body)?;
    if !new.callout_location.is_on_earth() {
        return Err(Refusal::malformed("`calloutLocation` is nowhere on earth"));
    }
    let known = |id: u64| CLASSIFICATIONS.iter().any(|classification| classification.id == id);
    if new.callout_classification_id.is_some_and(|id| !known(id)) {
        return Err(Refusal::malformed("`calloutClassificationId` is the id of no classification"));
    }
    let wrapped = !world.settings.bare_created;
    let answer =
        |callout: &View<'_>| Shown::new(wrapped, "The callout is created", callout).answer(StatusCode::CREATED);
    Ok(world.create(caller, new, answer))
}

pub(super) async fn get(
    State(world): State<Arc<World>>,
    Caller(caller): Caller,
    Id(id): Id,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let asked = |flag: &str| query.as_deref().unwrap_or_default().split('&').any(|pair| pair == flag);
    let (route, events) = (asked("shouldIncludeRoute=true"), asked("shouldIncludeEvents=true"));
    let wrapped = world.settings.wrapped_get;
    let answer = world.with_own(id, &caller, |case, _| {
        Shown::new(wrapped, "The callout is found", &case.view(route, events)).answer(StatusCode::OK)
    });
    answer.ok_or_else(Refusal::no_callout)
}

pub(super) async fn locate(
    State(world): State<Arc<World>>,
    Caller(caller): Caller,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let fix: Fix = json(&headers, &body)?;
    if !fix.is_on_earth() {
        return Err(Refusal::malformed("The location is nowhere on earth"));
    }
    let located = world.with_own(id, &caller, |case, scene| case.locate(scene, fix));
    located.map(|()| Json(json!({ "message": "The location is updated" }))).ok_or_else(Refusal::no_callout)
}

/// The guide shows no body for it: none and any JSON object are accepted.
pub(super) async fn dismiss(
    State(world): State<Arc<World>>,
    Caller(caller): Caller,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    if !body.is_empty() {
        let _: serde_json::Map<String, Value> = json(&headers, &body)?;
    }
    let dismissed = world.with_own(id, &caller, |case, _| case.dismiss());
    dismissed.map(|()| Json(json!({ "message": "The callout is dismissed" }))).ok_or_else(Refusal::no_callout)
}

#[derive(Deserialize)]
pub(super) struct Comment {
    message: String,
}

pub(super) async fn comment(
    State(world): State<Arc<World>>,
    Caller(caller): Caller,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let Comment { message } = json(&headers, &body)?;
    if message.is_empty() {
        return Err(Refusal::malformed("`message` is empty"));
    }
    let added = world.with_own(id, &caller, |case, scene| case.comment(scene, message));
    let answer = || (StatusCode::CREATED, Json(json!({ "message": "The message is added" })));
    added.map(|()| answer()).ok_or_else(Refusal::no_callout)
}
