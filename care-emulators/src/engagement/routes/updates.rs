//! Changes of one intervention.

use crate::engagement::{
    control_error::ControlError,
    intervention::Intervention,
    refusal::Refusal,
    routes::{Answer, interventions::Id, middleware::Ask},
    store::Running,
    view::{Shown, json_answer},
    world::{State, World},
};
use axum::{Extension, extract::State as Shared, response::IntoResponse};
use http::StatusCode;
use std::sync::Arc;

const CATEGORIES: &str = "category_ids";
const CUSTOM_FIELDS: &str = "custom_field_values";

/// Changes an intervention that the caller may read, and shows it.
fn change(world: &World, ask: &Ask, id: &str, act: impl FnOnce(&mut Intervention)) -> Answer {
    let (now, mut state) = (world.now(), world.state());
    state.readable(id, &ask.caller)?;
    let changed = state.desk.change(id, now, |intervention| {
        act(intervention);
        Ok(())
    })?;
    Ok(json_answer(&Shown::new(changed, &world.settings, now)))
}

/// The categories that are sent take the place of those that were.
pub(super) async fn categorize(
    Shared(world): Shared<Arc<World>>,
    Extension(ask): Extension<Ask>,
    Id(id): Id,
) -> Answer {
    world.state().readable(&id, &ask.caller)?;
    let categories = ask.params.many(CATEGORIES).ok_or_else(|| Refusal::missing("category_ids[]"))?;
    change(&world, &ask, &id, |intervention| intervention.categorize(categories))
}

/// The custom fields that are sent take the place of those with the same keys.
pub(super) async fn custom_fields(
    Shared(world): Shared<Arc<World>>,
    Extension(ask): Extension<Ask>,
    Id(id): Id,
) -> Answer {
    world.state().readable(&id, &ask.caller)?;
    let fields = ask.params.map(CUSTOM_FIELDS)?;
    if fields.is_empty() {
        return Err(Refusal::missing(CUSTOM_FIELDS));
    }
    change(&world, &ask, &id, |intervention| intervention.custom_fields.extend(fields))
}

pub(super) async fn reassign(Shared(world): Shared<Arc<World>>, Extension(ask): Extension<Ask>, Id(id): Id) -> Answer {
    let (now, mut state) = (world.now(), world.state());
    let intervention = state.readable(&id, &ask.caller)?;
    if !state.people.may_reassign(&ask.caller, intervention) {
        return Err(Refusal::forbidden("The token's user may not update this intervention"));
    }
    let agent = ask.params.required("user_id")?;
    if !state.people.has_agent(agent) {
        return Err(ControlError::UnknownAgent { id: agent.to_owned() }.into());
    }
    let changed = state.desk.change(&id, now, |intervention| {
        agent.clone_into(&mut intervention.user_id);
        Ok(())
    })?;
    Ok(json_answer(&Shown::new(changed, &world.settings, now)))
}

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
