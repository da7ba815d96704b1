//! The settings that every client of the family takes, and their defaults.

use crate::{
    attempts::{RateLimit, RetryPolicy},
    gate::PollGate,
    observe::Observe,
    transport::Transport,
};
use std::{fmt, sync::Arc, time::Duration};

/// The settings that every client of the family takes: `.options(Options::new()…)` on its builder. Cheap to clone.
///
/// | setting | default |
/// |---|---|
/// | [`transport`](Self::transport) | a new [`Http`](crate::Http) with its own pool |
/// | [`timeout`](Self::timeout), a call with all its repeats | 60 s |
/// | [`attempt_timeout`](Self::attempt_timeout), one HTTP exchange | 15 s |
/// | [`connect_timeout`](Self::connect_timeout) | 5 s |
/// | [`retry`](Self::retry) | 3 attempts, see [`RetryPolicy`] |
/// | [`rate_limit`](Self::rate_limit) | none |
/// | [`reuse_for_once`](Self::reuse_for_once) | no: a call that must not be sent twice opens a connection of its own |
/// | [`max_body`](Self::max_body), the largest answer taken | 16 MiB |
/// | [`observer`](Self::observer) | none |
///
/// ```
/// use care_client_core::{Options, RetryPolicy};
/// use std::time::Duration;
///
/// let policy = RetryPolicy::new().attempts(2);
/// let options = Options::new().timeout(Duration::from_secs(20)).retry(policy);
/// ```
#[derive(Clone)]
pub struct Options {
    pub(crate) transport: Option<(Arc<dyn Transport>, PollGate)>,
    pub(crate) observer: Option<Arc<dyn Observe>>,
    pub(crate) retry: RetryPolicy,
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) max_body: usize,
    pub(crate) reuse_for_once: bool,
}

impl Options {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self {
            transport: None,
            observer: None,
            retry: RetryPolicy::new(),
            rate_limit: None,
            timeout: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(15),
            connect_timeout: Duration::from_secs(5),
            max_body: 16 << 20,
            reuse_for_once: false,
        }
    }

    /// Sets the transport that sends the requests. Hand clones of one [`Http`](crate::Http) to several clients, and
    /// they share its connections.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        let gate = transport.poll_gate();
        self.transport = Some((Arc::new(transport), gate));
        self
    }

    /// Sets the observer of attempts, repeats and ends of calls. Default: none.
    #[must_use]
    pub fn observer(mut self, observer: impl Observe + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Sets the retry limits and backoff. Default: 3 attempts, see [`RetryPolicy`].
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Limits how many requests are sent in a span of time. Default: no limit. All clones of a client share it, and
    /// so do several clients that get clones of the limit.
    #[must_use]
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// Whether [`rate_limit`](Self::rate_limit) was set, for builders of service crates.
    #[must_use]
    pub fn has_rate_limit(&self) -> bool {
        self.rate_limit.is_some()
    }

    /// Sets the deadline of a call with all its attempts, waits and token renewals. Default: 60 s.
    #[must_use]
    pub fn timeout(mut self, total: Duration) -> Self {
        self.timeout = total;
        self
    }

    /// Sets how long one HTTP exchange may take, its whole body included. Default: 15 s.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = limit;
        self
    }

    /// Sets how long a connection may take to be made. Default: 5 s. A [`transport`](Self::transport) of your own has
    /// its own connect timeout.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// Sets whether a call of [`Safety::Once`](crate::Safety::Once) may go out on a connection that was used before.
    /// Default: no, it opens one of its own.
    ///
    /// A server may be closing any idle connection at this moment (gunicorn does after 2 s, Node after 5 s), and then
    /// nobody knows whether it did what was sent. Say yes where a new connection costs more than such a call in doubt:
    /// over TLS it is a handshake.
    #[must_use]
    pub fn reuse_for_once(mut self, reuse: bool) -> Self {
        self.reuse_for_once = reuse;
        self
    }

    /// Sets the largest body of an answer that is read, in bytes. Default: 16 MiB.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("own_transport", &self.transport.is_some())
            .field("observed", &self.observer.is_some())
            .field("retry", &self.retry)
            .field("rate_limit", &self.rate_limit)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("max_body", &self.max_body)
            .field("reuse_for_once", &self.reuse_for_once)
            .finish()
    }
}
