//! Who asks.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::header::AUTHORIZATION;
use http::request::Parts;

use super::super::accounts::Holder;
use super::super::refusal::Refusal;
use super::super::world::World;

/// The holder of a valid token, of either kind.
pub(super) struct Anyone;

/// The integrator's backend.
pub(super) struct Backend;

/// Who may use callouts: a customer, or by arrangement the backend.
pub(super) struct Caller(pub(super) Holder);

fn holder(parts: &Parts, world: &World) -> Result<Holder, Refusal> {
    let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) = header.and_then(|value| value.split_once(' ')).ok_or_else(Refusal::unauthorized)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refusal::unauthorized());
    }
    let now = world.clock.now();
    world.state().accounts.holder(token.trim(), now).ok_or_else(Refusal::unauthorized)
}

impl FromRequestParts<Arc<World>> for Anyone {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, world: &Arc<World>) -> Result<Self, Refusal> {
        holder(parts, world).map(|_| Self)
    }
}

impl FromRequestParts<Arc<World>> for Backend {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, world: &Arc<World>) -> Result<Self, Refusal> {
        match holder(parts, world)? {
            Holder::Server => Ok(Self),
            Holder::User(_) => Err(Refusal::forbidden("Only a server token may manage users")),
        }
    }
}

impl FromRequestParts<Arc<World>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, world: &Arc<World>) -> Result<Self, Refusal> {
        let holder = holder(parts, world)?;
        if holder == Holder::Server && !world.settings.server_callouts {
            return Err(Refusal::forbidden("A server token may not use callouts"));
        }
        Ok(Self(holder))
    }
}
