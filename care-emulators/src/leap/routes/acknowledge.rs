//! Acknowledgements.

use std::sync::Arc;

use axum::extract::State;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::super::order::Acknowledgements;
use super::super::registry::Key;
use super::super::support_request::Hand;
use super::super::world::World;
use super::body::{XML, called};

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
    called(headers, &XML)?;
    let settings = &world.settings;
    let Acknowledgements { ids, updates } =
        Acknowledgements::read(body, settings.ack_spelling).ok_or(StatusCode::BAD_REQUEST)?;
    let keys: Vec<Key> = ids.into_iter().map(key).collect();
    let hand = Hand { flags: false, ..world.own_hand() };
    let mut registry = world.registry();
    let complete = keys.iter().all(|key| registry.has(key));
    if complete || settings.acknowledge_partially {
        for key in &keys {
            if let Some(request) = registry.get_mut(key) {
                request.acknowledge(updates);
                if settings.acknowledge_touches {
                    request.touch(hand);
                }
            }
        }
    }
    if complete { Ok(StatusCode::OK) } else { Err(StatusCode::NOT_FOUND) }
}
