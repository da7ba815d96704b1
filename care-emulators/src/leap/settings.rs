//! The options of the builder.

use axum::response::{IntoResponse, Response};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use chrono::FixedOffset;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{AUTHORIZATION, WWW_AUTHENTICATE},
};

#[derive(Clone)]
pub(super) struct Settings {
    /// The header and its value that authenticate a client, instead of HTTP Basic with user name and password.
    pub(super) header_auth: Option<(HeaderName, String)>,
    pub(super) username: String,
    pub(super) password: String,
    pub(super) display_name: String,
    /// The start of addresses in responses; once the emulator runs, including the path prefix.
    pub(super) references: String,
    pub(super) first_request: u64,
    pub(super) offset: FixedOffset,
    pub(super) ack_spelling: AckSpelling,
    pub(super) plain_http_redirect: bool,
    pub(super) flag_own_writes: bool,
    pub(super) comments_apart: bool,
    pub(super) acknowledge_partially: bool,
    pub(super) acknowledge_touches: bool,
    pub(super) list_by_own_flag: bool,
    pub(super) newest_first: bool,
}

impl Settings {
    /// Returns the 401 response, unless the request is authenticated.
    pub(super) fn refuse(&self, headers: &HeaderMap) -> Option<Response> {
        let sent = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let valid = match &self.header_auth {
            Some((name, value)) => sent(name) == Some(value),
            None => {
                let credentials = BASE64_STANDARD.encode(format!("{}:{}", self.username, self.password));
                sent(&AUTHORIZATION)
                    .and_then(|value| value.split_once(' '))
                    .is_some_and(|(scheme, sent)| scheme.eq_ignore_ascii_case("basic") && sent.trim() == credentials)
            }
        };
        if valid {
            return None;
        }
        let mut answer = StatusCode::UNAUTHORIZED.into_response();
        if self.header_auth.is_none() {
            answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"leap\""));
        }
        Some(answer)
    }
}

/// Which spelling of an acknowledgement's flag the server knows. An unknown spelling is ignored, so that the flag is
/// `true`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AckSpelling {
    /// Only `acknowlegdeUpdates`, as in the documented example.
    Example,
    /// Only `acknowledgeUpdates`, as in the documented text.
    Prose,
    /// Both. Where they differ, `false` wins.
    Both,
}

impl AckSpelling {
    /// The names of the attribute.
    pub(super) fn names(self) -> &'static [&'static str] {
        match self {
            Self::Example => &["acknowlegdeUpdates"],
            Self::Prose => &["acknowledgeUpdates"],
            Self::Both => &["acknowlegdeUpdates", "acknowledgeUpdates"],
        }
    }
}
