//! Changing, closing and cancelling an intervention. Checks and change happen under one lock, so that of two concurrent
//! requests only one succeeds.

use crate::engagement::{
    control_error::ControlError,
    error_response::{ErrorResponse, HandlerResult},
    intervention::Intervention,
    routes::{interventions::Id, middleware::RequestContext},
    store::PendingAction,
    view::{InterventionView, json_response},
    world::{State, World},
};
use axum::{Extension, extract::State as Shared, response::IntoResponse};
use http::StatusCode;
use std::sync::Arc;

const CATEGORIES: &str = "category_ids";
const CUSTOM_FIELDS: &str = "custom_field_values";

/// Changes an intervention that the caller may read, and returns it.
fn change(world: &World, context: &RequestContext, id: &str, act: impl FnOnce(&mut Intervention)) -> HandlerResult {
    let (now, mut state) = (world.now(), world.state());
    state.readable(id, &context.caller)?;
    let changed = state.store.change(id, now, |intervention| {
        act(intervention);
        Ok(())
    })?;
    Ok(json_response(&InterventionView::new(changed, &world.settings, now)))
}

/// Replaces the categories.
pub(super) async fn categorize(
    Shared(world): Shared<Arc<World>>,
    Extension(context): Extension<RequestContext>,
    Id(id): Id,
) -> HandlerResult {
    world.state().readable(&id, &context.caller)?;
    let categories = context.params.many(CATEGORIES).ok_or_else(|| ErrorResponse::missing("category_ids[]"))?;
    change(&world, &context, &id, |intervention| intervention.categorize(categories))
}

/// Sets the custom fields that were sent, key by key.
pub(super) async fn custom_fields(
    Shared(world): Shared<Arc<World>>,
    Extension(context): Extension<RequestContext>,
    Id(id): Id,
) -> HandlerResult {
    world.state().readable(&id, &context.caller)?;
    let fields = context.params.map(CUSTOM_FIELDS)?;
    if fields.is_empty() {
        return Err(ErrorResponse::missing(CUSTOM_FIELDS));
    }
    change(&world, &context, &id, |intervention| intervention.custom_fields.extend(fields))
}

pub(super) async fn reassign(
    Shared(world): Shared<Arc<World>>,
    Extension(context): Extension<RequestContext>,
    Id(id): Id,
) -> HandlerResult {
    let (now, mut state) = (world.now(), world.state());
    let intervention = state.readable(&id, &context.caller)?;
    if !state.directory.may_reassign(&context.caller, intervention) {
        return Err(ErrorResponse::forbidden("The token's user may not update this intervention"));
    }
    let agent = context.params.required("user_id")?;
    if !state.directory.has_agent(agent) {
        return Err(ControlError::UnknownAgent { id: agent.to_owned() }.into());
    }
    let changed = state.store.change(&id, now, |intervention| {
        agent.clone_into(&mut intervention.user_id);
        Ok(())
    })?;
    Ok(json_response(&InterventionView::new(changed, &world.settings, now)))
}

/// The intervention, if the caller may read it. The page documents two statuses for one that they may not read.
fn readable_or_forbidden<'s>(
    world: &World,
    state: &'s State,
    id: &str,
    caller: &str,
) -> Result<&'s Intervention, ErrorResponse> {
    state.readable(id, caller).map_err(|error_response| {
        if world.settings.unreadable_is_forbidden && state.store.get(id).is_ok() {
            ErrorResponse::forbidden("The token's user may not read the source of the intervention")
        } else {
            error_response
        }
    })
}

pub(super) async fn close(
    Shared(world): Shared<Arc<World>>,
    Extension(context): Extension<RequestContext>,
    Id(id): Id,
) -> HandlerResult {
    let (now, mut state) = (world.now(), world.state());
    let intervention = readable_or_forbidden(&world, &state, &id, &context.caller)?;
    state.store.ensure_allowed(&id, PendingAction::Close)?;
    if !state.directory.may_close(&context.caller, intervention) {
        return Err(ErrorResponse::forbidden("The intervention is another agent's"));
    }
    Ok(json_response(&InterventionView::new(state.store.close(&id, now)?, &world.settings, now)))
}

pub(super) async fn cancel(
    Shared(world): Shared<Arc<World>>,
    Extension(context): Extension<RequestContext>,
    Id(id): Id,
) -> HandlerResult {
    let (now, mut state) = (world.now(), world.state());
    readable_or_forbidden(&world, &state, &id, &context.caller)?;
    let gone = state.store.cancel(&id)?;
    if world.settings.empty_cancel {
        return Ok(StatusCode::OK.into_response());
    }
    Ok(json_response(&InterventionView::new(&gone, &world.settings, now)))
}
