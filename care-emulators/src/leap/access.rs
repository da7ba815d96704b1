//! Who may use the API.

use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use axum::response::{IntoResponse, Response};
use base64::prelude::{BASE64_STANDARD, Engine as _};

/// How a client proves that it may.
#[derive(Clone)]
pub(super) enum Access {
    /// By HTTP Basic. The value is the one of a right header, without its scheme.
    Basic(String),
    /// By a header with this value.
    Header(HeaderName, String),
}

impl Access {
    pub(super) fn basic(username: &str, password: &str) -> Self {
        Self::Basic(BASE64_STANDARD.encode(format!("{username}:{password}")))
    }

    /// The answer to one who may not.
    pub(super) fn refuse(&self, headers: &HeaderMap) -> Option<Response> {
        let sent = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let right = match self {
            Self::Basic(credentials) => sent(&AUTHORIZATION)
                .and_then(|value| value.split_once(' '))
                .is_some_and(|(scheme, sent)| scheme.eq_ignore_ascii_case("basic") && sent.trim() == credentials),
            Self::Header(name, value) => sent(name) == Some(value),
        };
        if right {
            return None;
        }
        let mut answer = StatusCode::UNAUTHORIZED.into_response();
        if let Self::Basic(_) = self {
            answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"leap\""));
        }
        Some(answer)
    }
}
