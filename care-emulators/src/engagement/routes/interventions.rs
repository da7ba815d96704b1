//! Reading.

use crate::engagement::{
    control_error::ControlError,
    filter::{Filter, LIMIT},
    intervention::Intervention,
    refusal::Refusal,
    routes::{Answer, middleware::Ask},
    view::{List, Shown, json_answer},
    world::{State, World},
};
use axum::{
    Extension,
    extract::{FromRequestParts, Path, State as Shared},
};
use http::request::Parts;
use std::sync::Arc;

pub(super) async fn list(Shared(world): Shared<Arc<World>>, Extension(ask): Extension<Ask>) -> Answer {
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

pub(super) async fn get(Shared(world): Shared<Arc<World>>, Extension(ask): Extension<Ask>, Id(id): Id) -> Answer {
    let state = world.state();
    let intervention = state.readable(&id, &ask.caller)?;
    Ok(json_answer(&Shown::new(intervention, &world.settings, world.now())))
}

/// Opens an intervention on a content, or opens the one on its conversation again. It is the caller's then.
pub(super) async fn create(Shared(world): Shared<Arc<World>>, Extension(ask): Extension<Ask>) -> Answer {
    let content = ask.params.required("content_id")?;
    let (now, mut state) = (world.now(), world.state());
    let source = state.desk.content(content).map(|content| &content.conversation.source);
    if !source.is_some_and(|source| state.people.reads(&ask.caller, source)) {
        return Err(ControlError::UnknownContent { id: content.to_owned() }.into());
    }
    let id = state.desk.open(world.ids.next(), content, &ask.caller, now)?;
    let shown = Shown::new(state.desk.get(&id)?, &world.settings, now);
    Ok(if world.settings.created_as_list {
        json_answer(&List { count: 1, offset: 0, limit: LIMIT, records: vec![shown] })
    } else {
        json_answer(&shown)
    })
}

/// The id in a path.
pub(super) struct Id(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Path(id) = Path::from_request_parts(parts, state).await.map_err(|_| Refusal::not_found())?;
        Ok(Self(id))
    }
}

impl State {
    /// An intervention that `caller` may read. For all others it doesn't exist.
    pub(super) fn readable(&self, id: &str, caller: &str) -> Result<&Intervention, Refusal> {
        let intervention = self.desk.get(id)?;
        if self.people.reads(caller, &intervention.source_id) { Ok(intervention) } else { Err(Refusal::not_found()) }
    }
}
