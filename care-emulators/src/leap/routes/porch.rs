//! What every request passes before it is looked at, and every answer before it leaves.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{HOST, LOCATION};

use super::super::world::World;

pub(super) async fn pass(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
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
    world.settings.access.refuse(request.headers())
}
