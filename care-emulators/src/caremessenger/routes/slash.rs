//! Paths without a meaning, among them those with a slash too many or too few.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::LOCATION;
use http::{StatusCode, Uri};

use super::super::refusal::Refusal;
use super::super::world::World;

/// The only path that ends in a slash.
pub(super) const TOKEN: &str = "/api-token-auth/";

pub(super) async fn other(State(world): State<Arc<World>>, uri: Uri) -> Response {
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
        _ => Refusal::not_found().into_response(),
    }
}
