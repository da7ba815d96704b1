//! What every request passes before it is looked at, and every answer before it leaves.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::Method;
use http_body_util::BodyExt;

use super::super::admission::Ask;
use super::super::params::Params;
use super::super::refusal::Refusal;
use super::super::world::World;
use crate::media_type::is_called;

pub(super) async fn pass(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let answer = async |request| match admitted(&world, request).await {
        Ok(request) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    let answer = world.hooks.around(&world, request, answer).await;
    match answer.extensions().get::<Refusal>() {
        Some(refusal) if world.settings.plain_text_errors => refusal.plain(),
        _ => answer,
    }
}

/// The request with what it asks for in its extensions.
async fn admitted(world: &World, request: Request) -> Result<Request, Refusal> {
    let (mut head, body) = request.into_parts();
    // The body is in memory already.
    let body = body.collect().await.map_err(|_| Refusal::malformed())?.to_bytes();
    let form: &[u8] = if head.method == Method::GET || head.method == Method::DELETE { b"" } else { &body };
    let called_a_form = form.is_empty() || is_called(&head.headers, &["application/x-www-form-urlencoded"]);
    let query = head.uri.query().unwrap_or_default();
    let params = Params::read(query, if called_a_form { form } else { b"" }).ok_or_else(Refusal::malformed)?;
    let ask = Ask::admit(world, &head.headers, params)?;
    if !called_a_form {
        return Err(Refusal::not_a_form());
    }
    head.extensions.insert(ask);
    Ok(Request::from_parts(head, body.into()))
}
