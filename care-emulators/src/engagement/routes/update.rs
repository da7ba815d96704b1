//! Changes of one intervention.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State as Shared;

use super::super::admission::Ask;
use super::super::control_error::ControlError;
use super::super::intervention::Intervention;
use super::super::refusal::Refusal;
use super::super::show::{Shown, json_answer};
use super::super::world::World;
use super::Answer;
use super::target::Id;

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
