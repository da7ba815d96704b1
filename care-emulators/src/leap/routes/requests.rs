//! The endpoints that read, change and acknowledge support requests.

use super::bodies::{Acknowledgements, NewUpdate, XML, check_media_type, document};
use crate::{
    bodies::form_pairs,
    leap::{
        support_request::Actor,
        view::View,
        world::{Key, World},
    },
};
use axum::{
    extract::{FromRequestParts, Path, State},
    response::Response,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, request::Parts};
use std::{collections::HashMap, sync::Arc};

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, StatusCode> {
        let path = Path::from_request_parts(parts, state).await;
        let Path(mut names): Path<HashMap<String, String>> = path.map_err(|_| StatusCode::NOT_FOUND)?;
        let external = names.remove("extid").map(Self::External);
        external.or_else(|| names.remove("id").map(Self::Id)).ok_or(StatusCode::NOT_FOUND)
    }
}

pub(super) async fn get(State(world): State<Arc<World>>, key: Key) -> Result<Response, StatusCode> {
    let registry = world.registry();
    let request = registry.get(&key).ok_or(StatusCode::NOT_FOUND)?;
    Ok(document(View(&world.settings).one(request)))
}

pub(super) async fn set_external_id(
    State(world): State<Arc<World>>,
    key: Key,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, StatusCode> {
    check_media_type(&headers, &["application/x-www-form-urlencoded"])?;
    let pairs = std::str::from_utf8(&body).ok().and_then(form_pairs).unwrap_or_default();
    let sent = pairs.into_iter().find(|(name, value)| name == "extid" && !value.is_empty());
    let (_, external_id) = sent.ok_or(StatusCode::BAD_REQUEST)?;
    let mut registry = world.registry();
    if !registry.has(&key) {
        return Err(StatusCode::NOT_FOUND);
    }
    if registry.refuses(&key, &external_id) {
        return Err(StatusCode::CONFLICT);
    }
    let request = registry.set_external_id(&key, &external_id).ok_or(StatusCode::NOT_FOUND)?;
    Ok(document(View(&world.settings).reference(request)))
}

/// A status change or a comment.
pub(super) async fn update(
    State(world): State<Arc<World>>,
    key: Key,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, StatusCode> {
    check_media_type(&headers, &XML)?;
    let NewUpdate { state, comment } = NewUpdate::read(&body).ok_or(StatusCode::BAD_REQUEST)?;
    let actor = world.client_actor();
    let mut registry = world.registry();
    let request = registry.get_mut(&key).ok_or(StatusCode::NOT_FOUND)?;
    let Some(to) = state else {
        request.comment(actor, &comment);
        return Ok(StatusCode::OK);
    };
    if !request.state.may_become(to) {
        return Err(StatusCode::CONFLICT);
    }
    if world.settings.comments_apart && !comment.is_empty() {
        request.change_state(actor, to, "");
        request.comment(actor, &comment);
    } else {
        request.change_state(actor, to, &comment);
    }
    Ok(StatusCode::OK)
}

pub(super) async fn acknowledge(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, StatusCode> {
    acknowledge_all(&world, &headers, &body, Key::Id)
}

pub(super) async fn acknowledge_external(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, StatusCode> {
    acknowledge_all(&world, &headers, &body, Key::External)
}

fn acknowledge_all(
    world: &World,
    headers: &HeaderMap,
    body: &Bytes,
    key: fn(String) -> Key,
) -> Result<StatusCode, StatusCode> {
    check_media_type(headers, &XML)?;
    let settings = &world.settings;
    let Acknowledgements { ids, updates } =
        Acknowledgements::read(body, settings.ack_spelling).ok_or(StatusCode::BAD_REQUEST)?;
    let keys: Vec<Key> = ids.into_iter().map(key).collect();
    let actor = Actor { flags: false, ..world.client_actor() };
    let mut registry = world.registry();
    let complete = keys.iter().all(|key| registry.has(key));
    if complete || settings.acknowledge_partially {
        for key in &keys {
            if let Some(request) = registry.get_mut(key) {
                request.acknowledge(updates);
                if settings.acknowledge_touches {
                    request.touch(actor);
                }
            }
        }
    }
    if complete { Ok(StatusCode::OK) } else { Err(StatusCode::NOT_FOUND) }
}
