//! A limit on fetching tokens that are of no use: when the server refuses one after the other, the next is fetched
//! later and later, so that a lasting 401 is no storm of token requests.
//!
//! # Contract
//!
//! - What counts is a refusal in a row: of the credentials that a token is fetched with (400, 401 or 403), or of a
//!   token that was fetched and never accepted. A token that was accepted once ends the row, and so does any that is
//!   accepted later: calls are sent with the last token all the while.
//! - After two, the next token is fetched 10 s later, then 20 s, and so on up to 5 minutes.
//! - A token that is refused within a minute of its fetch counts apart, accepted or not: some servers answer 401 where
//!   they mean 403, and a new token helps nobody. After five of them the next is fetched 10 s later, and so on. One
//!   that lived longer ends that row.

use super::CachedToken;
use crate::error::{Error, Kind};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::Ordering::Relaxed},
    time::Duration,
};
use tokio::time::Instant;

const FIRST_WAIT: Duration = Duration::from_secs(10);
const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// A token that lived this long was of use.
const OF_USE: Duration = Duration::from_secs(60);

/// The refusals in a row, and when the next fetch may be.
#[derive(Default)]
pub(super) struct Refusals {
    /// Of what was never accepted.
    never_accepted: Mutex<Row>,
    /// Of tokens that were refused within a minute, accepted before or not.
    short_lived: Mutex<Row>,
}

#[derive(Default)]
struct Row {
    count: u32,
    next_fetch: Option<Instant>,
    /// Why the last fetch was refused, if that was what the server refused.
    failure: Option<Arc<Error>>,
}

impl Refusals {
    /// Ends the row, with the first call that is sent with this token and not refused.
    pub(super) fn accepted(&self, token: &CachedToken) {
        if !token.is_accepted.load(Relaxed) && !token.is_accepted.swap(true, Relaxed) {
            *locked(&self.never_accepted) = Row::default();
        }
    }

    /// Counts a token that the server refused, once, unless it wasn't fetched here.
    pub(super) fn refused(&self, token: &CachedToken) {
        let Some(fetched_at) = token.fetched_at else { return };
        if token.is_refused.swap(true, Relaxed) {
            return;
        }
        if !token.is_accepted.load(Relaxed) {
            locked(&self.never_accepted).add(None, 2);
        }
        if fetched_at.elapsed() < OF_USE {
            locked(&self.short_lived).add(None, 5);
        } else {
            *locked(&self.short_lived) = Row::default();
        }
    }

    /// Counts a fetch that failed because the server refused it.
    pub(super) fn not_fetched(&self, failure: &Arc<Error>) {
        if is_refusal(failure) {
            locked(&self.never_accepted).add(Some(Arc::clone(failure)), 2);
        }
    }

    /// Whether a token may be fetched now. The error says how long to wait, also in `retry_after()`.
    pub(super) fn check(&self, credentials: &str) -> Result<(), Error> {
        let row = locked(&self.never_accepted);
        let what = if row.failure.is_some() { credentials } else { "the tokens that were fetched" };
        row.check(&format!("the server refused {what} {} times in a row", row.count))?;
        let row = locked(&self.short_lived);
        row.check(&format!(
            "the server refused {} tokens in a row within a minute, though it had accepted them",
            row.count
        ))
    }
}

fn locked(row: &Mutex<Row>) -> MutexGuard<'_, Row> {
    row.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Row {
    /// Counts one. From the `most`th on, the next fetch has to wait.
    fn add(&mut self, failure: Option<Arc<Error>>, most: u32) {
        self.count = self.count.saturating_add(1);
        self.failure = failure;
        if let Some(more) = self.count.checked_sub(most) {
            let wait = FIRST_WAIT.saturating_mul(1 << more.min(16)).min(LONGEST_WAIT);
            self.next_fetch = Instant::now().checked_add(wait);
        }
    }

    fn check(&self, why: &str) -> Result<(), Error> {
        let wait = self.next_fetch.map(|at| at.saturating_duration_since(Instant::now()));
        let Some(wait) = wait.filter(|wait| !wait.is_zero()) else { return Ok(()) };
        let seconds = wait.as_secs_f64().ceil();
        let mut error = Error::auth(format!("no access token is fetched for {seconds} s, because {why}"));
        if let Some(failure) = &self.failure {
            error = error.with_shared_source(Arc::clone(failure) as _);
        }
        error.inner_mut().retry_after = Some(wait);
        Err(error)
    }
}

/// The error of a call that has no token because fetching it failed.
pub(super) fn not_obtained(failure: Arc<Error>, credentials: &str) -> Error {
    let message = match failure.status() {
        Some(status) if is_refusal(&failure) => {
            format!("could not obtain an access token: the server refused {credentials} with {}", status.as_u16())
        }
        _ => "could not obtain an access token".to_owned(),
    };
    Error::auth(message).with_shared_source(failure)
}

/// Whether the server refused the credentials that a token is fetched with. Services say so by any of these statuses.
fn is_refusal(failure: &Error) -> bool {
    failure.kind() == Kind::Api && failure.status().is_some_and(|status| matches!(status.as_u16(), 400 | 401 | 403))
}
