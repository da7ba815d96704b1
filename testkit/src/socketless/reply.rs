use bytes::Bytes;
use care_client_core::RawResponse;
use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde_json::Value;

/// An answer with this status, content type and body.
#[must_use]
pub fn reply(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> RawResponse {
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))]);
    RawResponse::new(StatusCode::from_u16(status).unwrap(), headers, body)
}

/// What a script may answer with.
pub trait Reply {
    /// The answer.
    fn into_raw(self) -> RawResponse;
}

impl Reply for RawResponse {
    fn into_raw(self) -> RawResponse {
        self
    }
}

/// A status with a JSON body.
impl Reply for (u16, Value) {
    fn into_raw(self) -> RawResponse {
        reply(self.0, "application/json", self.1.to_string())
    }
}

/// A status with a body of no declared type.
impl Reply for (u16, &'static str) {
    fn into_raw(self) -> RawResponse {
        RawResponse::new(StatusCode::from_u16(self.0).unwrap(), HeaderMap::new(), self.1)
    }
}
