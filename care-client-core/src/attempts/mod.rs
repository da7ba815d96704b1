//! The attempts of one call, in an order that is a matter of correctness: the deadline around the repeats, these
//! around the credentials, these around each HTTP exchange.
//!
//! # Contract
//!
//! - Each failed attempt is [classified](crate::error::Classification): what failed, what the server did, whether a
//!   repeat can help. The [safety](crate::Safety) of the operation decides whether a repeat is allowed, never the
//!   HTTP method.
//! - Between attempts the loop waits: as long as the server asks for by `Retry-After`, otherwise as long as the
//!   policy draws. A wait that would pass the deadline ends the call at once, with the wait on the error.
//! - Every repeat costs the client's budget, so that a server that is down isn't hit harder than one that is up. A
//!   token that was refused is renewed once, and that repeat is free.
//! - The outcome of the call is the highest over all of its attempts. An attempt that was not sent because time ran out
//!   leaves the failure before it as the call's error.
//!
//! The loop is compiled once, whatever number of operations there is. It takes what it needs as arguments and knows
//! neither pipelines nor calls.
//!
//! # Where users configure it
//!
//! ```
//! use care_client_core::{Options, RateLimit, RetryPolicy};
//! use std::time::Duration;
//!
//! let options = Options::new()
//!     .timeout(Duration::from_secs(30)) // a call with all its attempts
//!     .attempt_timeout(Duration::from_secs(8))
//!     .retry(RetryPolicy::new().attempts(4))
//!     .rate_limit(RateLimit::per_minute(500));
//! ```
//!
//! and for one call by [`Call::with_timeout`](crate::Call::with_timeout), [`with_retry`](crate::Call::with_retry) and
//! [`with_safety`](crate::Call::with_safety).

mod echo;
mod encodings;
mod engine;
mod failure;
mod rate_limit;
mod redact;
mod retry_loop;
mod retry_policy;
mod sender;
mod sensitive_values;

pub(crate) use engine::{Engine, Outgoing};
pub use rate_limit::RateLimit;
pub(crate) use redact::without_echo;
pub(crate) use retry_policy::RetryBudget;
pub use retry_policy::RetryPolicy;

use crate::{
    error::{Ending, Error},
    operation::Safety,
    response::RawResponse,
};
use retry_loop::{Rules, retry_loop};
use sender::Sender;
use std::time::Duration;
use tokio::time::Instant;

/// How one call is repeated: the client's settings, or what the call says instead.
pub(crate) struct Limits {
    pub(crate) safety: Safety,
    pub(crate) policy: RetryPolicy,
    /// The deadline, from now.
    pub(crate) timeout: Duration,
}

/// Runs the attempts of one call. The error isn't finished yet: that is the caller's part, with the ending.
pub(crate) async fn run(
    engine: &Engine,
    outgoing: Outgoing<'_>,
    limits: Limits,
) -> (Result<RawResponse, Error>, Ending) {
    let Limits { safety, policy, timeout } = limits;
    let started = Instant::now();
    // A deadline that no clock can hold is none: a century serves as well.
    let deadline = started.checked_add(timeout).unwrap_or_else(|| started + Duration::from_secs(u32::MAX.into()));
    let latest_start = latest_start(started, deadline, safety, engine.attempt_timeout);
    let is_repeated = policy.max_attempts() > 1;
    let mut sender = Sender { engine, outgoing, safety, is_repeated, deadline, latest_start, token: None };
    let (operation, budget) = (outgoing.operation, &engine.budget);
    let rules = Rules { operation, safety, policy, budget, started, latest_start };
    retry_loop(&mut sender, &rules).await
}

/// When the last attempt may begin. An operation that must not be done twice is not sent after a wait if too little
/// time is left for its answer.
fn latest_start(started: Instant, deadline: Instant, safety: Safety, attempt_timeout: Duration) -> Instant {
    if safety != Safety::Once {
        return deadline;
    }
    let room = attempt_timeout.min(deadline.saturating_duration_since(started) / 4);
    deadline.checked_sub(room).unwrap_or(deadline)
}
