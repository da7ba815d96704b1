//! What runs before and after every handler: hooks, decoding of parameters, authentication, rate limit, impersonation.

use crate::{
    bodies::has_media_type,
    engagement::{error_response::ErrorResponse, params::Params, world::World},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, header::AUTHORIZATION};
use http_body_util::BodyExt;
use std::sync::Arc;

pub(super) async fn handle(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let answer = async |request| match admitted(&world, request).await {
        Ok(request) => next.run(request).await,
        Err(error_response) => error_response.into_response(),
    };
    let answer = world.hooks.around(&world, request, answer).await;
    match answer.extensions().get::<ErrorResponse>() {
        Some(error_response) if world.settings.plain_text_errors => error_response.plain(),
        _ => answer,
    }
}

/// The request with its context in its extensions.
async fn admitted(world: &World, request: Request) -> Result<Request, ErrorResponse> {
    let (mut head, body) = request.into_parts();
    // The body is already in memory.
    let body = body.collect().await.map_err(|_| ErrorResponse::malformed())?.to_bytes();
    let form: &[u8] = if head.method == Method::GET || head.method == Method::DELETE { b"" } else { &body };
    let called_a_form = form.is_empty() || has_media_type(&head.headers, &["application/x-www-form-urlencoded"]);
    let query = head.uri.query().unwrap_or_default();
    let params = Params::read(query, if called_a_form { form } else { b"" }).ok_or_else(ErrorResponse::malformed)?;
    let context = RequestContext::admit(world, &head.headers, params)?;
    if !called_a_form {
        return Err(ErrorResponse::not_a_form());
    }
    head.extensions.insert(context);
    Ok(Request::from_parts(head, body.into()))
}

/// An authenticated request: who makes it, and its parameters.
#[derive(Debug, Clone)]
pub(super) struct RequestContext {
    /// The id of the agent as whom the request runs.
    pub(super) caller: String,
    pub(super) params: Params,
}

impl RequestContext {
    /// Checks the token, then the rate limit, then the impersonation.
    pub(super) fn admit(world: &World, headers: &HeaderMap, params: Params) -> Result<Self, ErrorResponse> {
        let settings = &world.settings;
        let token = match headers.get(AUTHORIZATION) {
            Some(value) => value
                .to_str()
                .ok()
                .and_then(|value| value.split_once(' '))
                .and_then(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())),
            None => params.one("access_token"),
        };
        let bad_token = || ErrorResponse::bad_token(settings.bad_token_status);
        let token = token.ok_or_else(bad_token)?;
        let now = world.clock.now();
        let directory = &mut world.state().directory;
        let holder = directory.holder(token).ok_or_else(bad_token)?.to_owned();
        if settings.rate_limit.is_some_and(|most| !directory.allows(token, most, now)) {
            return Err(ErrorResponse::throttled());
        }
        let caller = match params.one("impersonated_user_id") {
            None => holder,
            Some(other) if directory.may_impersonate(&holder) && directory.has_agent(other) => other.to_owned(),
            Some(_) => return Err(ErrorResponse::no_impersonation()),
        };
        Ok(Self { caller, params })
    }
}
