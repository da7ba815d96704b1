//! A limit on requests in any span of time, kept by the client itself.
//!
//! # Contract
//!
//! - Every attempt counts, repeats and token requests included. No span of the given length ever has more requests than
//!   allowed, whatever the server would say to more.
//! - Calls wait in the order in which they came. A caller that gives up gives its place back.
//! - A call that would wait beyond its deadline fails at once, with the wait in
//!   [`Error::retry_after`](crate::Error::retry_after). A call that must happen once fails already if the wait would
//!   reach into the last quarter of its deadline (at most the time of one attempt): it is not sent with too little
//!   time left for an answer.
//!
//! # Where users configure it
//!
//! In [`Options::rate_limit`](crate::Options::rate_limit); clones of one limit share it.

use crate::error::{Error, Kind, Outcome};
use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, sleep_until};

/// Limits how many requests are sent in any span of time, for [`Options::rate_limit`](crate::Options::rate_limit).
///
/// Every attempt counts, including repeats. Calls wait in the order in which they came. A call fails at once, with
/// the wait in [`Error::retry_after`](crate::Error::retry_after), if it would have to wait beyond its deadline or,
/// where it must happen once, into the last quarter of it (at most the time of one attempt).
///
/// Clones are the same limit: all clones of a client share one, and so do several clients whose options got clones of
/// it.
///
/// ```
/// use care_client_core::{Options, RateLimit};
///
/// let limit = RateLimit::per_minute(500);
/// let one = Options::new().rate_limit(limit.clone());
/// let another = Options::new().rate_limit(limit);
/// ```
#[derive(Clone)]
pub struct RateLimit(Arc<Window>);

struct Window {
    requests: usize,
    span: Duration,
    /// When requests were or will be sent, the earliest first: all that a span before the next one can hold.
    sent: Mutex<VecDeque<Instant>>,
}

/// A place in the row that is given back unless it is used.
struct Place<'a> {
    window: &'a Window,
    at: Option<Instant>,
}

impl RateLimit {
    /// Allows this many requests in any span of this length; 0 counts as 1.
    #[must_use]
    pub fn new(requests: u32, span: Duration) -> Self {
        let requests = usize::try_from(requests.max(1)).unwrap_or(usize::MAX);
        Self(Arc::new(Window { requests, span, sent: Mutex::default() }))
    }

    /// Allows this many requests in any minute; 0 counts as 1.
    #[must_use]
    pub fn per_minute(requests: u32) -> Self {
        Self::new(requests, Duration::from_secs(60))
    }

    /// Makes the error of a call that would have to wait this long.
    #[cold]
    pub(crate) fn held_back(wait: Duration) -> Error {
        let mut error = Error::new(
            Kind::Timeout,
            Outcome::NotSent,
            "the client's own rate limit would delay it beyond the call's deadline, or so close to it that no time \
             would be left for an answer",
        );
        error.inner_mut().retry_after = Some(wait);
        error
    }

    /// Waits until a request may be sent. The error is the wait that would exceed the deadline.
    pub(crate) async fn pass(&self, deadline: Instant) -> Result<(), Duration> {
        let at = self.0.take(deadline)?;
        let mut place = Place { window: &self.0, at: Some(at) };
        sleep_until(at).await;
        place.at = None;
        Ok(())
    }
}

impl Window {
    fn sent(&self) -> MutexGuard<'_, VecDeque<Instant>> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the next free place.
    fn take(&self, deadline: Instant) -> Result<Instant, Duration> {
        let now = Instant::now();
        let mut sent = self.sent();
        while sent.front().and_then(|at| at.checked_add(self.span)).is_some_and(|end| end <= now) {
            sent.pop_front();
        }
        let full = sent.len().checked_sub(self.requests).and_then(|place| sent.get(place));
        // A span that no clock can hold never ends.
        let free = full.map_or(Some(now), |at| at.checked_add(self.span)).ok_or(Duration::MAX)?;
        let at = free.max(now).max(sent.back().copied().unwrap_or(now));
        if at > now && at >= deadline {
            return Err(at - now);
        }
        sent.push_back(at);
        Ok(at)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(at) = self.at {
            let mut sent = self.window.sent();
            if let Ok(place) = sent.binary_search(&at) {
                sent.remove(place);
            }
        }
    }
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit").field("requests", &self.0.requests).field("span", &self.0.span).finish()
    }
}
