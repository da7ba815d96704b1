//! One support request.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, State};
use axum::response::Response;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, StatusCode};

use super::super::order::NewUpdate;
use super::super::registry::Key;
use super::super::show::Show;
use super::super::world::World;
use super::body::{XML, called, document};
use crate::form::pairs;

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
    Ok(document(Show(&world.settings).one(request)))
}

pub(super) async fn set_external_id(
    State(world): State<Arc<World>>,
    key: Key,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, StatusCode> {
    called(&headers, &["application/x-www-form-urlencoded"])?;
    let pairs = std::str::from_utf8(&body).ok().and_then(pairs).unwrap_or_default();
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
    Ok(document(Show(&world.settings).reference(request)))
}

/// A status change or a comment.
pub(super) async fn update(
    State(world): State<Arc<World>>,
    key: Key,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, StatusCode> {
    called(&headers, &XML)?;
    let NewUpdate { state, comment } = NewUpdate::read(&body).ok_or(StatusCode::BAD_REQUEST)?;
    let hand = world.own_hand();
    let mut registry = world.registry();
    let request = registry.get_mut(&key).ok_or(StatusCode::NOT_FOUND)?;
    let Some(to) = state else {
        request.comment(hand, &comment);
        return Ok(StatusCode::OK);
    };
    if !request.state.may_become(to) {
        return Err(StatusCode::CONFLICT);
    }
    if world.settings.comments_apart && !comment.is_empty() {
        request.change_state(hand, to, "");
        request.comment(hand, &comment);
    } else {
        request.change_state(hand, to, &comment);
    }
    Ok(StatusCode::OK)
}
