//! The endpoints for lists, and their parameters.

use super::bodies::document;
use crate::{
    bodies::form_pairs,
    leap::{
        settings::Settings,
        state::State,
        support_request::SupportRequest,
        view::{Scope, View, read_time},
        world::World,
    },
};
use axum::{
    extract::{Path, RawQuery, State as Shared, rejection::PathRejection},
    response::Response,
};
use chrono::{DateTime, Utc};
use http::StatusCode;
use std::{cmp::Reverse, sync::Arc};

/// Default and maximum of `limit`.
const MAX_LIMIT: usize = 100;

/// The parameters of a list.
#[derive(Debug)]
struct Filter {
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    acked: Option<bool>,
    limit: usize,
    offset: usize,
}

impl Filter {
    /// Reads a query. Returns `None` if a known parameter has an invalid value. Other parameters are ignored, and so is
    /// the second value of a parameter.
    fn read(query: &str) -> Option<Self> {
        let pairs = form_pairs(query)?;
        let value = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let time = |name: &str| value(name).map(|text| read_time(text).ok_or(())).transpose().ok();
        let number = |name: &str, default: usize| value(name).map_or(Some(default), |text| text.parse().ok());
        let acked = match value("acked") {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) => return None,
        };
        Some(Self {
            from: time("last-update-from")?,
            to: time("last-update-to")?,
            acked,
            limit: number("limit", MAX_LIMIT).filter(|limit| (1..=MAX_LIMIT).contains(limit))?,
            offset: number("offset", 0)?,
        })
    }

    /// Whether `request` is listed. `last-update-from` is exclusive in the list of all, and inclusive in lists by
    /// topic.
    fn includes(&self, request: &SupportRequest, by_topic: bool, settings: &Settings) -> bool {
        let updated = request.last_updated;
        let late = self.from.is_none_or(|from| updated > from || by_topic && updated == from);
        let early = self.to.is_none_or(|to| updated < to);
        let acked = || !request.is_unacked(!settings.list_by_own_flag);
        late && early && self.acked.is_none_or(|wanted| wanted == acked())
    }
}

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
            && filter.includes(request, topic.is_some(), &world.settings)
    };
    let mut found: Vec<_> = registry.all().filter(wanted).collect();
    if world.settings.newest_first {
        found.reverse();
        found.sort_by_key(|request| Reverse(request.last_updated));
    }
    let page = found.into_iter().skip(filter.offset).take(filter.limit);
    let scope = if topic.is_some() { Scope::OfTopic } else { Scope::OfAll };
    Ok(document(View(&world.settings).list(page, scope)))
}
