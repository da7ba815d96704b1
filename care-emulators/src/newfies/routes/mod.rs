//! Which path does what.

mod actions;
mod body;
mod call;
mod control;
mod crud;
mod negotiation;
mod pages;
mod porch;
mod session;
mod target;
mod view;

use std::sync::Arc;

use axum::Router;
use axum::routing::any;

use super::world::World;

pub(super) fn router(world: &Arc<World>) -> Router {
    // The server's own rules about slashes and unknown paths aren't those of the router here.
    Router::new()
        .merge(control::router())
        .fallback_service(any(porch::pass).with_state(world.clone()))
        .with_state(world.clone())
}
