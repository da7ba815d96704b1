//! What handlers extract from a request: the caller, the callout's id, and JSON.

use crate::{
    aura::{accounts::Holder, error_response::ErrorResponse, world::World},
    bodies::has_media_type,
};
use axum::extract::{FromRequestParts, Path, rejection::PathRejection};
use bytes::Bytes;
use http::{HeaderMap, header::AUTHORIZATION, request::Parts};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Reads a JSON body.
pub(super) fn json<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, ErrorResponse> {
    if !has_media_type(headers, &["application/json"]) {
        return Err(ErrorResponse::not_json());
    }
    // The error's own message quotes the body, including personal data.
    serde_json::from_slice(body).map_err(|error| {
        ErrorResponse::malformed(format!("The body is invalid at line {}, column {}", error.line(), error.column()))
    })
}

/// The id of a callout in a path. Something that isn't a number is an unknown callout.
pub(super) struct Id(pub(super) u64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ErrorResponse> {
        let id: Result<Path<u64>, PathRejection> = Path::from_request_parts(parts, state).await;
        id.map(|Path(id)| Self(id)).map_err(|_| ErrorResponse::no_callout())
    }
}

/// The holder of a valid token, of either kind.
pub(super) struct Anyone;

/// The integrator's backend.
pub(super) struct Backend;

/// A caller who may use callouts: a customer, or by arrangement the backend.
pub(super) struct Caller(pub(super) Holder);

fn holder(parts: &Parts, world: &World) -> Result<Holder, ErrorResponse> {
    let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) = header.and_then(|value| value.split_once(' ')).ok_or_else(ErrorResponse::unauthorized)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(ErrorResponse::unauthorized());
    }
    let now = world.clock.now();
    world.state().accounts.holder(token.trim(), now).ok_or_else(ErrorResponse::unauthorized)
}

impl FromRequestParts<Arc<World>> for Anyone {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, world: &Arc<World>) -> Result<Self, ErrorResponse> {
        holder(parts, world).map(|_| Self)
    }
}

impl FromRequestParts<Arc<World>> for Backend {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, world: &Arc<World>) -> Result<Self, ErrorResponse> {
        match holder(parts, world)? {
            Holder::Server => Ok(Self),
            Holder::User(_) => Err(ErrorResponse::forbidden("Only a server token may manage users")),
        }
    }
}

impl FromRequestParts<Arc<World>> for Caller {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, world: &Arc<World>) -> Result<Self, ErrorResponse> {
        let holder = holder(parts, world)?;
        if holder == Holder::Server && !world.settings.server_callouts {
            return Err(ErrorResponse::forbidden("A server token may not use callouts"));
        }
        Ok(Self(holder))
    }
}
