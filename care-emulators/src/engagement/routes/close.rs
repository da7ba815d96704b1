//! Closing and cancelling. Both look and act under one lock, so that of two requests at once one comes too late.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State as Shared;
use axum::response::IntoResponse;
use http::StatusCode;

use super::super::admission::Ask;
use super::super::desk::Running;
use super::super::intervention::Intervention;
use super::super::refusal::Refusal;
use super::super::show::{Shown, json_answer};
use super::super::world::{State, World};
use super::Answer;
use super::target::Id;

/// The intervention, if the caller may read it. The page has two statuses for one that they may not.
fn reach<'s>(world: &World, state: &'s State, id: &str, caller: &str) -> Result<&'s Intervention, Refusal> {
    state.readable(id, caller).map_err(|refusal| {
        if world.settings.unreadable_is_forbidden && state.desk.get(id).is_ok() {
            Refusal::forbidden("The token's user may not read the source of the intervention")
        } else {
            refusal
        }
    })
}

pub(super) async fn close(Shared(world): Shared<Arc<World>>, Extension(ask): Extension<Ask>, Id(id): Id) -> Answer {
    let (now, mut state) = (world.now(), world.state());
    let intervention = reach(&world, &state, &id, &ask.caller)?;
    state.desk.must_allow(&id, Running::Close)?;
    if !state.people.may_close(&ask.caller, intervention) {
        return Err(Refusal::forbidden("The intervention is another agent's"));
    }
    Ok(json_answer(&Shown::new(state.desk.close(&id, now)?, &world.settings, now)))
}

pub(super) async fn cancel(Shared(world): Shared<Arc<World>>, Extension(ask): Extension<Ask>, Id(id): Id) -> Answer {
    let (now, mut state) = (world.now(), world.state());
    reach(&world, &state, &id, &ask.caller)?;
    let gone = state.desk.cancel(&id)?;
    if world.settings.empty_cancel {
        return Ok(StatusCode::OK.into_response());
    }
    Ok(json_answer(&Shown::new(&gone, &world.settings, now)))
}
