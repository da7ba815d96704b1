//! Opening.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State as Shared;

use super::super::admission::Ask;
use super::super::control_error::ControlError;
use super::super::filter::LIMIT;
use super::super::show::{List, Shown, json_answer};
use super::super::world::World;
use super::Answer;

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
