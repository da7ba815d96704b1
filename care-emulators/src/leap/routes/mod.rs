//! The paths of the API, the middleware around them, and the control endpoints.

mod bodies;
pub(super) mod control;
mod list;
mod requests;

use super::world::World;
use crate::harness::nest;
use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{
    StatusCode,
    header::{HOST, LOCATION},
};
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
        .layer(from_fn_with_state(world.clone(), middleware))
        .merge(control::router())
        .with_state(world.clone())
}

/// Runs the hooks, redirects to https, and authenticates.
async fn middleware(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let answer = async |request| match refused(&world, &request) {
        Some(answer) => answer,
        None => next.run(request).await,
    };
    world.hooks.around(&world, request, answer).await
}

fn refused(world: &World, request: &Request) -> Option<Response> {
    if world.settings.plain_http_redirect {
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        let location = format!("https://{host}{}", request.uri());
        return Some((StatusCode::FOUND, [(LOCATION, location)]).into_response());
    }
    world.settings.refuse(request.headers())
}
