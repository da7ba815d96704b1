//! The routes.

mod access;
pub(super) mod control;
mod providers;
mod resources;

use crate::{
    caremessenger::{error_response::ErrorResponse, world::World},
    harness::nest,
};
use axum::{
    Router,
    extract::State,
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{StatusCode, Uri, header::LOCATION};
use std::sync::Arc;

pub(super) fn router(world: &Arc<World>, prefix: &str) -> Router {
    let api = Router::new()
        .route("/v2", get(resources::root))
        .route("/v2/assistance-provider", get(resources::providers).post(providers::create))
        .route(
            "/v2/assistance-provider/{id}",
            get(providers::get).put(providers::put).patch(providers::patch).delete(providers::delete),
        )
        .route("/v2/{path}", get(resources::list))
        .route("/v2/{path}/{id}", get(resources::detail))
        .method_not_allowed_fallback(|| async { ErrorResponse::plain(StatusCode::METHOD_NOT_ALLOWED) })
        .route_layer(from_fn_with_state(world.clone(), access::admit))
        .route(TOKEN, post(access::sign_in));
    nest(prefix, api)
        .fallback(other)
        .layer(from_fn_with_state(world.clone(), access::handle))
        .merge(control::router())
        .with_state(world.clone())
}

/// The only path that ends in a slash.
const TOKEN: &str = "/api-token-auth/";

async fn other(State(world): State<Arc<World>>, uri: Uri) -> Response {
    let path = uri.path();
    let right = if path.ends_with(TOKEN.trim_end_matches('/')) {
        Some(format!("{path}/"))
    } else {
        path.strip_suffix('/').filter(|path| path.contains("/v2")).map(str::to_owned)
    };
    match right {
        Some(mut right) if world.settings.slash_redirects => {
            if let Some(query) = uri.query() {
                right = format!("{right}?{query}");
            }
            (StatusCode::MOVED_PERMANENTLY, [(LOCATION, right)]).into_response()
        }
        _ => ErrorResponse::not_found().into_response(),
    }
}
