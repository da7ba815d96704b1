//! Listing, reading and opening interventions.

use crate::engagement::{
    control_error::ControlError,
    error_response::{ErrorResponse, HandlerResult},
    filter::{Filter, LIMIT},
    intervention::Intervention,
    routes::middleware::RequestContext,
    view::{InterventionView, List, json_response},
    world::{State, World},
};
use axum::{
    Extension,
    extract::{FromRequestParts, Path, State as Shared},
};
use http::request::Parts;
use std::sync::Arc;

pub(super) async fn list(
    Shared(world): Shared<Arc<World>>,
    Extension(context): Extension<RequestContext>,
) -> HandlerResult {
    let settings = &world.settings;
    let filter = Filter::read(&context.params, settings)?;
    let (now, state) = (world.now(), world.state());
    let readable = state.store.newest_first().filter(|found| state.directory.reads(&context.caller, &found.source_id));
    let mut found: Vec<_> = readable.filter(|intervention| filter.wants(intervention, now)).collect();
    filter.sort(&mut found, settings);
    let page = found.iter().skip(filter.offset).take(filter.limit);
    let records = page.map(|intervention| InterventionView::new(intervention, settings, now)).collect();
    Ok(json_response(&List { count: found.len(), offset: filter.offset, limit: filter.limit, records }))
}

pub(super) async fn get(
    Shared(world): Shared<Arc<World>>,
    Extension(context): Extension<RequestContext>,
    Id(id): Id,
) -> HandlerResult {
    let state = world.state();
    let intervention = state.readable(&id, &context.caller)?;
    Ok(json_response(&InterventionView::new(intervention, &world.settings, world.now())))
}

/// Opens an intervention on a content, or reopens the one on its conversation. It is assigned to the caller.
pub(super) async fn create(
    Shared(world): Shared<Arc<World>>,
    Extension(context): Extension<RequestContext>,
) -> HandlerResult {
    let content = context.params.required("content_id")?;
    let (now, mut state) = (world.now(), world.state());
    let source = state.store.content(content).map(|content| &content.conversation.source);
    if !source.is_some_and(|source| state.directory.reads(&context.caller, source)) {
        return Err(ControlError::UnknownContent { id: content.to_owned() }.into());
    }
    let id = state.store.open(world.ids.next(), content, &context.caller, now)?;
    let shown = InterventionView::new(state.store.get(&id)?, &world.settings, now);
    Ok(if world.settings.created_as_list {
        json_response(&List { count: 1, offset: 0, limit: LIMIT, records: vec![shown] })
    } else {
        json_response(&shown)
    })
}

/// The id in a path.
pub(super) struct Id(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ErrorResponse> {
        let Path(id) = Path::from_request_parts(parts, state).await.map_err(|_| ErrorResponse::not_found())?;
        Ok(Self(id))
    }
}

impl State {
    /// An intervention that `caller` may read. For other callers it doesn't exist.
    pub(super) fn readable(&self, id: &str, caller: &str) -> Result<&Intervention, ErrorResponse> {
        let intervention = self.store.get(id)?;
        if self.directory.reads(caller, &intervention.source_id) {
            Ok(intervention)
        } else {
            Err(ErrorResponse::not_found())
        }
    }
}
