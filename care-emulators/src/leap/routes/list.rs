//! Lists.

use std::cmp::Reverse;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State as Shared};
use axum::response::Response;
use http::StatusCode;

use super::super::filter::Filter;
use super::super::show::{Show, Sight};
use super::super::state::State;
use super::super::support_request::SupportRequest;
use super::super::world::World;
use super::body::document;

pub(super) async fn all(Shared(world): Shared<Arc<World>>, RawQuery(query): RawQuery) -> Result<Response, StatusCode> {
    list(&world, query, None, None)
}

pub(super) async fn by_topic(
    Shared(world): Shared<Arc<World>>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, StatusCode> {
    let Path(topic) = path.map_err(|_| StatusCode::NOT_FOUND)?;
    list(&world, query, Some(&topic), None)
}

pub(super) async fn in_state(
    Shared(world): Shared<Arc<World>>,
    path: Result<Path<(String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, StatusCode> {
    let Path((topic, state)) = path.map_err(|_| StatusCode::NOT_FOUND)?;
    let state = State::read(&state).ok_or(StatusCode::BAD_REQUEST)?;
    list(&world, query, Some(&topic), Some(state))
}

fn list(
    world: &World,
    query: Option<String>,
    topic: Option<&str>,
    state: Option<State>,
) -> Result<Response, StatusCode> {
    let filter = Filter::read(query.as_deref().unwrap_or_default()).ok_or(StatusCode::BAD_REQUEST)?;
    let registry = world.registry();
    if topic.is_some_and(|topic| !registry.has_topic(topic)) {
        return Err(StatusCode::NOT_FOUND);
    }
    let wanted = |request: &&SupportRequest| {
        topic.is_none_or(|topic| request.given.topic == topic)
            && state.is_none_or(|state| request.state == state)
            && filter.wants(request, topic.is_some(), &world.settings)
    };
    let mut found: Vec<_> = registry.all().filter(wanted).collect();
    if world.settings.newest_first {
        found.reverse();
        found.sort_by_key(|request| Reverse(request.last_updated));
    }
    let page = found.into_iter().skip(filter.offset).take(filter.limit);
    let sight = if topic.is_some() { Sight::OfTopic } else { Sight::OfAll };
    Ok(document(Show(&world.settings).list(page, sight)))
}
