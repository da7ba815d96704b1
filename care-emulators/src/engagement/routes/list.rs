//! Reading.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State as Shared;

use super::super::admission::Ask;
use super::super::filter::Filter;
use super::super::show::{List, Shown, json_answer};
use super::super::world::World;
use super::Answer;
use super::target::Id;

pub(super) async fn all(Shared(world): Shared<Arc<World>>, Extension(ask): Extension<Ask>) -> Answer {
    let settings = &world.settings;
    let filter = Filter::read(&ask.params, settings)?;
    let (now, state) = (world.now(), world.state());
    let readable = state.desk.newest_first().filter(|found| state.people.reads(&ask.caller, &found.source_id));
    let mut found: Vec<_> = readable.filter(|intervention| filter.wants(intervention, now)).collect();
    filter.sort(&mut found, settings);
    let page = found.iter().skip(filter.offset).take(filter.limit);
    let records = page.map(|intervention| Shown::new(intervention, settings, now)).collect();
    Ok(json_answer(&List { count: found.len(), offset: filter.offset, limit: filter.limit, records }))
}

pub(super) async fn one(Shared(world): Shared<Arc<World>>, Extension(ask): Extension<Ask>, Id(id): Id) -> Answer {
    let state = world.state();
    let intervention = state.readable(&id, &ask.caller)?;
    Ok(json_answer(&Shown::new(intervention, &world.settings, world.now())))
}
