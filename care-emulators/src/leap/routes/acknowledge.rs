//! Acknowledgements.

use super::bodies::{Acknowledgements, XML, check_media_type};
use crate::leap::{registry::Key, support_request::Actor, world::World};
use axum::extract::State;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::sync::Arc;

pub(super) async fn by_id(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, StatusCode> {
    acknowledge(&world, &headers, &body, Key::Id)
}

pub(super) async fn by_external_id(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, StatusCode> {
    acknowledge(&world, &headers, &body, Key::External)
}

fn acknowledge(
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
