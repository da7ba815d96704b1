//! Middleware of the API: hooks, the redirect to https, and authentication.

use crate::leap::world::World;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{
    StatusCode,
    header::{HOST, LOCATION},
};
use std::sync::Arc;

pub(super) async fn middleware(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
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
