//! Observing calls: for metrics and logs of one's own, and for the `tracing` feature.
//!
//! # Contract
//!
//! - One observer serves all calls of a client. It gets an event for each attempt, each repeat with its reason, each
//!   list that moved, each store that failed, and each end of a call.
//! - With the feature `tracing` there is one span per call and one event per attempt, with OpenTelemetry's HTTP
//!   attribute names.
//! - Events, spans and their fields hold operation names, numbers and statuses only: no ids, bodies, queries or
//!   credentials.
//!
//! # Where users configure it
//!
//! In [`Options::observer`](crate::Options::observer).

pub(crate) mod emit;
pub(crate) mod spans;

use crate::{
    error::{Kind, Outcome, StoreError},
    operation::Operation,
};
use http::{Method, StatusCode};
use std::time::Duration;

/// Observes calls, for metrics and logs: one observer for all calls of a client. Every method has an empty default.
///
/// Events hold names, numbers and statuses only: no ids, bodies, queries or credentials. The methods run on the
/// thread that runs the call, so they must not block.
///
/// ```
/// use care_client_core::{FinishEvent, Observe, Options};
/// use std::sync::{Arc, atomic::{AtomicU64, Ordering}};
///
/// #[derive(Default, Clone)]
/// struct Failures(Arc<AtomicU64>);
///
/// impl Observe for Failures {
///     fn finish(&self, event: &FinishEvent<'_>) {
///         if event.error.is_some() {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// let options = Options::new().observer(Failures::default());
/// ```
pub trait Observe: Send + Sync {
    /// An attempt is about to be sent.
    fn attempt(&self, _event: &AttemptEvent<'_>) {}

    /// An attempt failed, and the call will be repeated after a wait.
    fn repeat(&self, _event: &RepeatEvent<'_>) {}

    /// A call has ended. A call that is dropped before its end isn't reported.
    fn finish(&self, _event: &FinishEvent<'_>) {}

    /// A list moved while it was read page by page, and the walk has found its place again.
    fn shift(&self, _event: &ShiftEvent<'_>) {}

    /// A success was read whose media type is missing, or not one that the service's answers have. It counts: its
    /// content is the service's. Comes once for each client, for it is usually the same for all answers.
    fn odd_media_type(&self, _event: &OddMediaTypeEvent<'_>) {}

    /// A [`TokenStore`](crate::TokenStore) failed or took longer than 5 s; the call continues without it.
    fn store_failed(&self, _error: &StoreError) {}
}

/// An attempt that is about to be sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct AttemptEvent<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// Its number within the call, beginning with 1.
    pub number: u32,
    /// The HTTP method.
    pub method: &'a Method,
    /// Scheme, host and port that it goes to.
    pub origin: &'a str,
}

/// A failed attempt, after which the call is repeated.
#[derive(Debug)]
#[non_exhaustive]
pub struct RepeatEvent<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// The number of the attempt that failed, beginning with 1.
    pub number: u32,
    /// What failed.
    pub kind: Kind,
    /// The status of the answer, if there was one.
    pub status: Option<StatusCode>,
    /// The wait before the next attempt; zero after a renewed token.
    pub delay: Duration,
}

/// The end of a call.
#[derive(Debug)]
#[non_exhaustive]
pub struct FinishEvent<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// How many attempts were made.
    pub attempts: u32,
    /// How long it took, waits included.
    pub elapsed: Duration,
    /// The status of the last answer, if there was one.
    pub status: Option<StatusCode>,
    /// What failed and what the server did, or `None` for a success.
    pub error: Option<(Kind, Outcome)>,
}

/// A list that has moved while it was walked.
#[derive(Debug)]
#[non_exhaustive]
pub struct ShiftEvent<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// By how many rows it moved at the place of the walk, towards the list's end: below 0 when rows before it went,
    /// 0 when it has moved back by then.
    pub moved: i64,
}

/// A success whose media type is missing, or not one that the service's answers have.
#[derive(Debug)]
#[non_exhaustive]
pub struct OddMediaTypeEvent<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// The media type that the answer says, without parameters; `None` if it says none.
    pub media_type: Option<&'a str>,
}
