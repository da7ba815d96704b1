//! The paths of the API and of the control endpoints.

mod callouts;
pub(super) mod control;
mod extract;
mod oauth;

use super::{error_response::ErrorResponse, world::World};
use crate::harness::nest;
use axum::{
    Router,
    routing::{get, post},
};
use std::sync::Arc;

pub(super) fn router(world: &Arc<World>, prefix: &str) -> Router {
    let mut api = Router::new()
        .route("/oauth/token", post(oauth::token))
        .route("/oauth/user", post(oauth::register))
        .route("/oauth/user/token", post(oauth::token))
        .route("/callout-classifications", get(callouts::classifications))
        .route("/callouts", post(callouts::create))
        .route("/callouts/{id}", get(callouts::get))
        .route("/callouts/{id}/location", post(callouts::locate))
        .route("/callouts/{id}/dismiss", post(callouts::dismiss))
        .route("/callout/{id}/comments", post(callouts::comment));
    if world.settings.plural_comments {
        api = api.route("/callouts/{id}/comments", post(callouts::comment));
    }
    nest(prefix, api)
        .merge(control::router())
        .fallback(|| async { ErrorResponse::no_path() })
        .method_not_allowed_fallback(|| async { ErrorResponse::wrong_method() })
        .with_state(world.clone())
}
