//! Assistance providers.

use crate::caremessenger::{
    directory::Target,
    error_response::ErrorResponse,
    request_bodies::{ProviderBody, object},
    settings::{Settings, Updates},
    state::State as Store,
    view::View,
    world::World,
};
use axum::{
    Json,
    extract::{FromRequestParts, Path, State},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, request::Parts};
use serde_json::Value;
use std::sync::Arc;

/// The identifier in a path. If it isn't a number, no provider has it.
pub(super) struct Id(u64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ErrorResponse> {
        let id: Result<Path<u64>, _> = Path::from_request_parts(parts, state).await;
        id.map(|Path(id)| Self(id)).map_err(|_| ErrorResponse::not_found())
    }
}

type Shared = State<Arc<World>>;

fn shown(world: &World, state: &Store, id: u64) -> Result<Json<Value>, ErrorResponse> {
    let provider = state.providers.get(&id).ok_or_else(ErrorResponse::not_found)?;
    Ok(Json(View { settings: &world.settings, state }.provider(provider)))
}

/// The field and message of an invalid target.
fn check_target(settings: &Settings, state: &Store, target: Target) -> Option<(&'static str, &'static str)> {
    match target {
        Target::Resident(_) if !settings.residents => Some(("content_type", "Residents are not yet implemented.")),
        _ if !state.has(target) => Some(("object_id", "Object not found.")),
        _ => None,
    }
}

pub(super) async fn create(
    State(world): Shared,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), ErrorResponse> {
    let sent = object(&headers, &body)?;
    let mut state = world.state();
    let body = ProviderBody::read(&sent, false, |target| check_target(&world.settings, &state, target))
        .map_err(ErrorResponse::fields)?;
    let id = state.add_provider(body).ok_or_else(ErrorResponse::not_found)?;
    Ok((world.settings.create_status, shown(&world, &state, id)?))
}

pub(super) async fn get(State(world): Shared, Id(id): Id) -> Result<Json<Value>, ErrorResponse> {
    shown(&world, &world.state(), id)
}

pub(super) async fn put(
    State(world): Shared,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ErrorResponse> {
    let allowed = matches!(world.settings.updates, Updates::Put | Updates::Both);
    update(&world, id, allowed, false, || object(&headers, &body))
}

pub(super) async fn patch(
    State(world): Shared,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ErrorResponse> {
    let allowed = matches!(world.settings.updates, Updates::Patch | Updates::Both);
    update(&world, id, allowed, true, || object(&headers, &body))
}

fn update(
    world: &World,
    id: u64,
    allowed: bool,
    part: bool,
    sent: impl FnOnce() -> Result<serde_json::Map<String, Value>, ErrorResponse>,
) -> Result<Json<Value>, ErrorResponse> {
    if !allowed {
        return Err(ErrorResponse::plain(StatusCode::METHOD_NOT_ALLOWED));
    }
    let (settings, sent) = (&world.settings, sent()?);
    let mut state = world.state();
    let provider = state.providers.get(&id).cloned().ok_or_else(ErrorResponse::not_found)?;
    let mut body = ProviderBody::read(&sent, part, |target| check_target(settings, &state, target))
        .map_err(ErrorResponse::fields)?;
    for list in [&mut body.emails, &mut body.webhooks] {
        if list.is_none() && !part && settings.absent_list_clears {
            *list = Some(Vec::new());
        } else if settings.empty_list_keeps {
            *list = list.take().filter(|list| !list.is_empty());
        }
    }
    state.change_provider(provider, body);
    shown(world, &state, id)
}

pub(super) async fn delete(State(world): Shared, Id(id): Id) -> Result<StatusCode, ErrorResponse> {
    if !world.settings.deletes {
        return Err(ErrorResponse::plain(StatusCode::METHOD_NOT_ALLOWED));
    }
    let gone = world.state().providers.remove(&id);
    gone.map(|_| StatusCode::NO_CONTENT).ok_or_else(ErrorResponse::not_found)
}
