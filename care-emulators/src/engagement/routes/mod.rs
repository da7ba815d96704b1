//! The routes.

pub(super) mod control;
mod interventions;
mod middleware;
mod updates;

use crate::{
    engagement::{error_response::ErrorResponse, world::World},
    harness::nest,
};
use axum::{
    Router,
    middleware::from_fn_with_state,
    routing::{delete, get, put},
};
use std::sync::Arc;

pub(super) fn router(world: &Arc<World>, prefix: &str) -> Router {
    let api = Router::new()
        .route("/interventions", get(interventions::list).post(interventions::create))
        .route("/interventions/{id}", get(interventions::get).put(updates::custom_fields))
        .route("/interventions/{id}/cancel", delete(updates::cancel))
        .route("/interventions/{id}/close", put(updates::close))
        .route("/interventions/{id}/reassign", put(updates::reassign))
        .route("/interventions/{id}/update_categories", put(updates::categorize));
    nest(prefix, api)
        .fallback(|| async { ErrorResponse::not_found() })
        .method_not_allowed_fallback(|| async { ErrorResponse::wrong_method() })
        .layer(from_fn_with_state(world.clone(), middleware::handle))
        .merge(control::router())
        .with_state(world.clone())
}
