//! When refusals end the following of something: not by accident, and not never.

use crate::{
    error::{Error, Kind},
    pipeline::Pipeline,
};
use http::StatusCode;
use std::{iter::successors, time::Duration};
use tokio::time::Instant;

/// So many refusals in a row, over at least this time, are for good.
const MOST: u32 = 3;
const LASTING: Duration = Duration::from_secs(60);

/// The refusals in a row of something that is followed by polls.
///
/// A single 401, 403 or 404 ends no following: a gateway, a restart or a password that is just being changed can cause
/// it. What ends one:
///
/// - 401 or 403, or credentials that no token is given for, at once if no call with these credentials has ever
///   succeeded: they are wrong, or lack the permission.
/// - Otherwise 401, 403 or 404 after three in a row over at least a minute.
/// - Never an answer of somebody else than the service: see [`Error::is_foreign`]. It counts as an outage.
///
/// Input or configuration that can't be sent ends it at once, for no later poll can succeed.
#[derive(Debug, Clone, Default)]
pub struct Refusals {
    count: u32,
    since: Option<Instant>,
}

/// What a failed poll means for a following.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PollFailure {
    /// It may pass: connections, timeouts, servers and gateways that are down or in the way.
    Outage,
    /// The service refuses, perhaps only for a moment.
    Refused,
    /// No later poll can succeed.
    Final,
}

impl Refusals {
    /// Takes note that a poll succeeded.
    pub fn success(&mut self) {
        *self = Self::default();
    }

    /// Takes note of a failed poll over this pipeline, and says what it means. An outage between two refusals ends
    /// nothing and begins nothing anew.
    pub fn failure(&mut self, error: &Error, pipeline: &Pipeline) -> PollFailure {
        // If the operation that fetches tokens was refused, so were the credentials.
        let root = match error.kind() {
            Kind::Auth => successors(Some(error), |error| error.cause()).last().unwrap_or(error),
            _ => error,
        };
        let credentials_refused = root.is_unauthorized()
            || root.is_forbidden()
            || (error.kind() == Kind::Auth && root.status() == Some(StatusCode::BAD_REQUEST));
        match root.kind() {
            Kind::Config | Kind::Request => return PollFailure::Final,
            Kind::Api if (credentials_refused || root.is_not_found()) && !root.is_foreign() => {}
            _ => return PollFailure::Outage,
        }
        self.count = self.count.saturating_add(1);
        let since = *self.since.get_or_insert_with(Instant::now);
        let is_lasting = self.count >= MOST && since.elapsed() >= LASTING;
        if is_lasting || (credentials_refused && !pipeline.had_success()) {
            PollFailure::Final
        } else {
            PollFailure::Refused
        }
    }
}
