//! Which path does what.

mod acknowledge;
mod body;
mod control;
mod list;
mod porch;
mod requests;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use http::StatusCode;

use super::world::World;
use crate::site::below;

pub(super) fn router(world: &Arc<World>, prefix: &str) -> Router {
    let api = Router::new()
        .route("/requests/", get(list::all))
        .route("/requests/by-topic/{topic}", get(list::by_topic))
        .route("/requests/by-topic/{topic}/in-state/{state}", get(list::in_state))
        .route("/requests/acked", post(acknowledge::by_id))
        .route("/requests/external/acked", post(acknowledge::by_external_id))
        .route("/requests/{id}", get(requests::get))
        .route("/requests/{id}/extid", post(requests::set_external_id))
        .route("/requests/{id}/updates", post(requests::update))
        .route("/requests/extid/{extid}", get(requests::get))
        .route("/requests/extid/{extid}/updates", post(requests::update));
    below(prefix, api)
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(from_fn_with_state(world.clone(), porch::pass))
        .merge(control::router())
        .with_state(world.clone())
}
