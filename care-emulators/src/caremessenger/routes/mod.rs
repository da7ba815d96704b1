//! Which path does what.

mod body;
mod control;
mod page;
mod porch;
mod providers;
mod resources;
mod sign_in;
mod slash;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use http::StatusCode;

use super::refusal::Refusal;
use super::world::World;
use crate::site::below;

pub(super) fn router(world: &Arc<World>, prefix: &str) -> Router {
    let api = Router::new()
        .route("/v2", get(resources::root))
        .route("/v2/assistance-provider", get(resources::providers).post(providers::create))
        .route(
            "/v2/assistance-provider/{id}",
            get(providers::get).put(providers::put).patch(providers::patch).delete(providers::delete),
        )
        .route("/v2/{path}", get(resources::list))
        .route("/v2/{path}/{id}", get(resources::detail))
        .method_not_allowed_fallback(|| async { Refusal::plain(StatusCode::METHOD_NOT_ALLOWED) })
        .route_layer(from_fn_with_state(world.clone(), porch::admit))
        .route(slash::TOKEN, post(sign_in::sign_in));
    below(prefix, api)
        .fallback(slash::other)
        .layer(from_fn_with_state(world.clone(), porch::pass))
        .merge(control::router())
        .with_state(world.clone())
}
