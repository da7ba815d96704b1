//! A limit on fetching tokens that are of no use: when the server refuses one after the other, the next is fetched
//! later and later, so that a lasting 401 is no storm of token requests.
//!
//! # Contract
//!
//! - What counts is a refusal in a row: of the credentials that a token is fetched with (400, 401 or 403), or of a
//!   token that was fetched and never accepted. A token that was accepted once ends the row, and so does any that is
//!   accepted later: calls are sent with the last token all the while.
//! - After two, the next token is fetched 10 s later, then 20 s, and so on up to 5 minutes.

use super::CachedToken;
use crate::error::{Error, Kind};
use std::{
    sync::{Arc, Mutex, PoisonError, atomic::Ordering::Relaxed},
    time::Duration,
};
use tokio::time::Instant;

const FIRST_WAIT: Duration = Duration::from_secs(10);
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// The refusals in a row, and when the next fetch may be.
#[derive(Default)]
pub(super) struct Refusals(Mutex<Row>);

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
            self.edit(|row| *row = Row::default());
        }
    }

    /// Counts a token that the server refused, once, unless it was accepted before or wasn't fetched here.
    pub(super) fn refused(&self, token: &CachedToken) {
        let counts = token.is_fetched && !token.is_accepted.load(Relaxed);
        if counts && !token.is_refused.swap(true, Relaxed) {
            self.edit(|row| row.add(None));
        }
    }

    /// Counts a fetch that failed because the server refused it.
    pub(super) fn not_fetched(&self, failure: &Arc<Error>) {
        if is_refusal(failure) {
            self.edit(|row| row.add(Some(Arc::clone(failure))));
        }
    }

    /// Whether a token may be fetched now. The error says how long to wait, also in `retry_after()`.
    pub(super) fn check(&self, credentials: &str) -> Result<(), Error> {
        self.edit(|row| {
            let wait = row.next_fetch.map(|at| at.saturating_duration_since(Instant::now()));
            let Some(wait) = wait.filter(|wait| !wait.is_zero()) else { return Ok(()) };
            let what = if row.failure.is_some() { credentials } else { "the tokens that were fetched" };
            let (count, seconds) = (row.count, wait.as_secs_f64().ceil());
            let mut error = Error::auth(format!(
                "no access token is fetched for {seconds} s, because the server refused {what} {count} times in a row"
            ));
            if let Some(failure) = &row.failure {
                error = error.with_shared_source(Arc::clone(failure) as _);
            }
            error.inner_mut().retry_after = Some(wait);
            Err(error)
        })
    }

    fn edit<T>(&self, edit: impl FnOnce(&mut Row) -> T) -> T {
        edit(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Row {
    fn add(&mut self, failure: Option<Arc<Error>>) {
        self.count = self.count.saturating_add(1);
        self.failure = failure;
        if let Some(more) = self.count.checked_sub(2) {
            let wait = FIRST_WAIT.saturating_mul(1 << more.min(16)).min(LONGEST_WAIT);
            self.next_fetch = Instant::now().checked_add(wait);
        }
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
