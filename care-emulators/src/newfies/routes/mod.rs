//! The routes.

mod actions;
pub(super) mod control;
mod crud;
mod middleware;
mod routing;
pub(super) mod views;

use crate::newfies::world::World;
use axum::{Router, routing::any};
use std::sync::Arc;

pub(super) fn router(world: &Arc<World>) -> Router {
    // axum's router doesn't have the server's rules about slashes and unknown paths.
    Router::new()
        .merge(control::router())
        .fallback_service(any(middleware::handle).with_state(world.clone()))
        .with_state(world.clone())
}
