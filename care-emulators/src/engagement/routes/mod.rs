//! Which path does what.

mod close;
mod control;
mod create;
mod list;
mod porch;
mod target;
mod update;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{delete, get, put};

use super::refusal::Refusal;
use super::world::World;
use crate::site::below;

/// What a handler answers.
type Answer = Result<Response, Refusal>;

pub(super) fn router(world: &Arc<World>, prefix: &str) -> Router {
    let api = Router::new()
        .route("/interventions", get(list::all).post(create::create))
        .route("/interventions/{id}", get(list::one).put(update::custom_fields))
        .route("/interventions/{id}/cancel", delete(close::cancel))
        .route("/interventions/{id}/close", put(close::close))
        .route("/interventions/{id}/reassign", put(update::reassign))
        .route("/interventions/{id}/update_categories", put(update::categorize));
    below(prefix, api)
        .fallback(|| async { Refusal::not_found() })
        .method_not_allowed_fallback(|| async { Refusal::wrong_method() })
        .layer(from_fn_with_state(world.clone(), porch::pass))
        .merge(control::router())
        .with_state(world.clone())
}
