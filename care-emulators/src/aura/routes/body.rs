//! Bodies of requests.

use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path};
use bytes::Bytes;
use http::HeaderMap;
use http::request::Parts;
use serde::de::DeserializeOwned;

use super::super::refusal::Refusal;
use crate::media_type::is_called;

/// Reads a JSON body.
pub(super) fn json<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, Refusal> {
    if !is_called(headers, &["application/json"]) {
        return Err(Refusal::not_json());
    }
    // The message of the error itself quotes the body, with whatever is personal in it.
    serde_json::from_slice(body).map_err(|error| {
        Refusal::malformed(format!("The body is wrong at line {}, column {}", error.line(), error.column()))
    })
}

/// The id of a callout in a path. What isn't a number is the id of no callout.
pub(super) struct Id(pub(super) u64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let id: Result<Path<u64>, PathRejection> = Path::from_request_parts(parts, state).await;
        id.map(|Path(id)| Self(id)).map_err(|_| Refusal::no_callout())
    }
}
