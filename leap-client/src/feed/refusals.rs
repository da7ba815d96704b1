//! When a refusal ends a feed: once the service itself says for good that this feed can't be read.
//!
//! - 401 or 403 at once, if this feed has never had a success: the credentials are wrong, or lack the permission.
//! - Otherwise 401, 403 or 404 after three in a row over at least a minute, since a gateway, a restart or a changed
//!   password may refuse for a moment.
//! - Never a page of HTML, or JSON: a gateway or a proxy wrote that.

use care_client_core::{Error, Kind};
use http::StatusCode;
use std::time::Duration;
use tokio::time::Instant;

/// So many refusals in a row, over at least this time.
const MOST: u32 = 3;
const LASTING: Duration = Duration::from_secs(60);

/// The refusals of a feed since its last success.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    had_success: bool,
    count: u32,
    since: Option<Instant>,
}

impl Refusals {
    pub(super) fn success(&mut self) {
        *self = Self { had_success: true, ..Self::default() };
    }

    /// Takes note of an error, and returns whether it ends the feed.
    pub(super) fn is_final(&mut self, error: &Error) -> bool {
        if !is_refusal(error) {
            return false;
        }
        self.count += 1;
        let since = *self.since.get_or_insert_with(Instant::now);
        let is_rejected = error.is_unauthorized() || error.is_forbidden();
        (is_rejected && !self.had_success) || (self.count >= MOST && since.elapsed() >= LASTING)
    }
}

fn is_refusal(error: &Error) -> bool {
    let refusals = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
    error.kind() == Kind::Api && error.status().is_some_and(|status| refusals.contains(&status)) && !is_foreign(error)
}

/// Whether somebody else than LEAP wrote the body.
fn is_foreign(error: &Error) -> bool {
    let body = error.body().map(|body| String::from_utf8_lossy(&body[..body.len().min(512)]).to_ascii_lowercase());
    body.is_some_and(|text| {
        text.contains("<html") || text.contains("<!doctype html") || text.trim().starts_with(['{', '['])
    })
}
