//! Which path does what.

mod body;
mod callouts;
mod classifications;
mod control;
mod identity;
mod oauth;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::refusal::Refusal;
use super::world::World;
use crate::site::below;

pub(super) fn router(world: &Arc<World>, prefix: &str, plural_comments: bool) -> Router {
    let mut api = Router::new()
        .route("/oauth/token", post(oauth::token))
        .route("/oauth/user", post(oauth::register))
        .route("/oauth/user/token", post(oauth::token))
        .route("/callout-classifications", get(classifications::list))
        .route("/callouts", post(callouts::create))
        .route("/callouts/{id}", get(callouts::get))
        .route("/callouts/{id}/location", post(callouts::locate))
        .route("/callouts/{id}/dismiss", post(callouts::dismiss))
        .route("/callout/{id}/comments", post(callouts::comment));
    if plural_comments {
        api = api.route("/callouts/{id}/comments", post(callouts::comment));
    }
    below(prefix, api)
        .merge(control::router())
        .fallback(|| async { Refusal::no_path() })
        .method_not_allowed_fallback(|| async { Refusal::wrong_method() })
        .with_state(world.clone())
}
