//! What every request passes before it is looked at, and every answer before it leaves.

use crate::{
    engagement::{controller::Controller, params::Params, refusal::Refusal, world::World},
    media_type::is_called,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, header::AUTHORIZATION};
use http_body_util::BodyExt;
use std::sync::Arc;

pub(super) async fn pass(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let answer = async |request| match admitted(&world, request).await {
        Ok(request) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    let answer = world.hooks.around(&Controller::new(world.clone()), request, answer).await;
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

/// What a client asks for, once it was let in.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    /// The id of the agent as whom it runs.
    pub(super) caller: String,
    pub(super) params: Params,
}

impl Ask {
    /// Lets a request in that has a known token, comes within the limit of its rate, and impersonates nobody whom it may not.
    pub(super) fn admit(world: &World, headers: &HeaderMap, params: Params) -> Result<Self, Refusal> {
        let settings = &world.settings;
        let token = match headers.get(AUTHORIZATION) {
            Some(value) => value
                .to_str()
                .ok()
                .and_then(|value| value.split_once(' '))
                .and_then(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())),
            None => params.one("access_token"),
        };
        let bad_token = || Refusal::bad_token(settings.bad_token_status);
        let token = token.ok_or_else(bad_token)?;
        let now = world.clock.now();
        let people = &mut world.state().people;
        let holder = people.holder(token).ok_or_else(bad_token)?.to_owned();
        if settings.rate_limit.is_some_and(|most| !people.passes(token, most, now)) {
            return Err(Refusal::throttled());
        }
        let caller = match params.one("impersonated_user_id") {
            None => holder,
            Some(other) if people.may_impersonate(&holder) && people.has_agent(other) => other.to_owned(),
            Some(_) => return Err(Refusal::no_impersonation()),
        };
        Ok(Self { caller, params })
    }
}
