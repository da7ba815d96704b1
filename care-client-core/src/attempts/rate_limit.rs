use crate::error::{Error, Kind, Outcome};
use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, sleep_until};

/// Holds requests back, so that no more than a number of them are sent in any span of time, whatever the server would say to
/// more. Given to [`Options::rate_limit`](crate::Options::rate_limit).
///
/// Every attempt counts, repeats too. Who would have to wait longer than its call's deadline allows or, where it must not be sent
/// twice, into the last quarter of it (at most the time of one attempt), fails at once, with the wait in
/// [`Error::retry_after`](crate::Error::retry_after). Waiting calls are let through in the order in which they came.
///
/// Clones are the same limit: all clones of a client share one, and so do several clients whose options were given clones.
///
/// ```
/// use care_client_core::{Options, RateLimit};
///
/// let limit = RateLimit::per_minute(500);
/// let (one, another) = (Options::new().rate_limit(limit.clone()), Options::new().rate_limit(limit));
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
    /// At most this many requests in any span of this length; 0 counts as 1.
    #[must_use]
    pub fn new(requests: u32, span: Duration) -> Self {
        let requests = usize::try_from(requests.max(1)).unwrap_or(usize::MAX);
        Self(Arc::new(Window { requests, span, sent: Mutex::default() }))
    }

    /// At most this many requests in any minute; 0 counts as 1.
    #[must_use]
    pub fn per_minute(requests: u32) -> Self {
        Self::new(requests, Duration::from_secs(60))
    }

    /// The error of a call that would have to wait so long.
    #[cold]
    pub(crate) fn held_back(wait: Duration) -> Error {
        let mut error = Error::new(
            Kind::Timeout,
            Outcome::NotSent,
            "the client's own rate limit would hold it back beyond the call's deadline, or so near to it that no time is left \
             for an answer",
        );
        error.inner_mut().retry_after = Some(wait);
        error
    }

    /// Waits until a request may be sent. An error is how long that would take, if it doesn't fit the deadline.
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
