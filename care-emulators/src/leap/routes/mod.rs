//! The paths of the API and of the control endpoints.

mod bodies;
mod control;
mod list;
mod middleware;
mod requests;

use super::world::World;
use crate::harness::nest;
use axum::{
    Router,
    middleware::from_fn_with_state,
    routing::{get, post},
};
use http::StatusCode;
use std::sync::Arc;

pub(super) fn router(world: &Arc<World>, prefix: &str) -> Router {
    let api = Router::new()
        .route("/requests/", get(list::all))
        .route("/requests/by-topic/{topic}", get(list::by_topic))
        .route("/requests/by-topic/{topic}/in-state/{state}", get(list::in_state))
        .route("/requests/acked", post(requests::acknowledge))
        .route("/requests/external/acked", post(requests::acknowledge_external))
        .route("/requests/{id}", get(requests::get))
        .route("/requests/{id}/extid", post(requests::set_external_id))
        .route("/requests/{id}/updates", post(requests::update))
        .route("/requests/extid/{extid}", get(requests::get))
        .route("/requests/extid/{extid}/updates", post(requests::update));
    nest(prefix, api)
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(from_fn_with_state(world.clone(), middleware::middleware))
        .merge(control::router())
        .with_state(world.clone())
}
