//! What every request passes before it is looked at, and every answer before it leaves.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Method, StatusCode};

use super::super::refusal::Refusal;
use super::super::world::World;

/// Runs what a test has planned for this request.
pub(super) async fn pass(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    world.hooks.around(&world, request, |request| next.run(request)).await
}

/// Lets in who has a token and the permission.
pub(super) async fn admit(State(world): State<Arc<World>>, request: Request, next: Next) -> Result<Response, Refusal> {
    check(&world, request.method(), request.headers())?;
    Ok(next.run(request).await)
}

fn check(world: &World, method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    let scheme = world.settings.scheme.as_str();
    let sent = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = sent.and_then(|sent| sent.split_once(' ')).filter(|(sent, _)| sent.eq_ignore_ascii_case(scheme));
    let (_, token) = token.ok_or_else(|| Refusal::unauthorized(scheme, "A token is needed."))?;
    let (now, state) = (world.clock.now(), world.state());
    match state.tokens.is_valid(token.trim(), now) {
        None => Err(Refusal::unauthorized(scheme, "The token is unknown.")),
        Some(false) => Err(Refusal::unauthorized(scheme, "The token has expired.")),
        Some(true) if state.read_only && method != Method::GET => {
            Err(Refusal::new(StatusCode::FORBIDDEN, "The account has no permission for this."))
        }
        Some(true) => Ok(()),
    }
}
