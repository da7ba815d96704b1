//! The endpoints for tokens and users.

use super::extract::{Backend, json};
use crate::aura::{
    accounts::{Holder, Token},
    error_response::ErrorResponse,
    request_bodies::{Credentials, User},
    world::World,
};
use axum::{Json, extract::State};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use std::sync::Arc;

/// A token in an answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Issued {
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'static str>,
    #[serde(flatten)]
    token: Option<Grant>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Grant {
    access_token: String,
    token_type: &'static str,
    /// In seconds since 1970, not from now, as AURA's text has it. The key is that of later documents.
    expires_in: i64,
}

impl From<Token> for Grant {
    fn from(token: Token) -> Self {
        Self { access_token: token.text, token_type: "Bearer", expires_in: token.expires.timestamp() }
    }
}

pub(super) async fn token(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Issued>, ErrorResponse> {
    let settings = &world.settings;
    let holder = match json(&headers, &body)? {
        Credentials::Client { client_id, client_secret } => {
            let right = client_id == settings.client_id && client_secret == settings.client_secret;
            right.then_some(Holder::Server)
        }
        Credentials::User(user) if user.password.is_empty() => None,
        Credentials::User(user) => world.state().accounts.log_in(&user.email, &user.password),
    };
    let token = world.issue(&holder.ok_or_else(ErrorResponse::wrong_credentials)?);
    Ok(Json(Issued { message: None, token: Some(token.into()) }))
}

pub(super) async fn register(
    State(world): State<Arc<World>>,
    _backend: Backend,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Issued>), ErrorResponse> {
    let user: User = json(&headers, &body)?;
    // The guide says that it need not be a mailbox, but it must look like one.
    let looks_like_one = user.email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if !looks_like_one || user.password.is_empty() {
        return Err(ErrorResponse::malformed("`email` in the form of an address, and `password`, are required"));
    }
    let registered = world.state().accounts.register(&user.email, &user.password, world.clock.now());
    let holder = registered.ok_or_else(|| ErrorResponse::conflict("This email is registered already"))?;
    let token = (!world.settings.register_without_token).then(|| world.issue(&holder).into());
    Ok((StatusCode::CREATED, Json(Issued { message: Some("The user is registered"), token })))
}
