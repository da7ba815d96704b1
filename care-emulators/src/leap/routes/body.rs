//! Bodies of requests and answers.

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::media_type::is_called;

/// The media types of XML.
pub(super) const XML: [&str; 2] = ["application/xml", "text/xml"];

/// Refuses a body that isn't called one of `types`.
pub(super) fn called(headers: &HeaderMap, types: &[&str]) -> Result<(), StatusCode> {
    if is_called(headers, types) { Ok(()) } else { Err(StatusCode::UNSUPPORTED_MEDIA_TYPE) }
}

/// An answer with a document.
pub(super) fn document(xml: String) -> Response {
    ([(CONTENT_TYPE, XML[0])], xml).into_response()
}
