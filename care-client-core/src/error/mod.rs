//! The one error of the family, and what it is made of.
//!
//! # Contract
//!
//! - An error says what failed ([`Kind`]), what the server did ([`Outcome`]) and why the call stopped
//!   ([`StopReason`]). [`Classification`] derives the first two from a failed attempt.
//! - Its messages name the operation and the next step, and quote neither secrets nor what was sent.
//! - The call finishes the error in one place: operation, attempts, elapsed time and stop reason are set there.
//!
//! # Where users configure it
//!
//! Nowhere. Endpoints of your own return [`DecodeError`], stores [`StoreError`], everything else one of the public
//! constructors of [`Error`].

mod classification;
mod constructors;
mod decode;
mod display;
mod predicates;
mod store;

pub(crate) use classification::{Classification, Repeat};
pub use classification::{Kind, Outcome, StopReason};
pub use decode::DecodeError;
pub use store::StoreError;

use crate::{
    operation::{Operation, Safety},
    response::RawResponse,
};
use bytes::Bytes;
use http::StatusCode;
use std::{borrow::Cow, sync::Arc, time::Duration};

/// The error of all crates of this family: one opaque type, as wide as a pointer.
///
/// It answers three questions. What failed: [`kind`](Self::kind), [`status`](Self::status), the predicates. **What
/// did the server do**: [`outcome`](Self::outcome). What now: [`is_retryable`](Self::is_retryable),
/// [`retry_after`](Self::retry_after), [`stop_reason`](Self::stop_reason).
///
/// `Display` is one line for a log, [`report`](Self::report) several for a person. Neither they nor `Debug` show
/// bodies, secrets, queries or what was sent; only `report` quotes the server's own message, as far as it looks
/// harmless.
///
/// ```
/// use care_client_core::{Error, Kind, Outcome};
///
/// let error = Error::request("the latitude must lie between -90 and 90 degrees");
/// assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) kind: Kind,
    pub(crate) outcome: Outcome,
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) safety: Safety,
    pub(crate) message: Cow<'static, str>,
    pub(crate) hint: Option<Cow<'static, str>>,
    pub(crate) response: Option<RawResponse>,
    pub(crate) server_message: Option<Box<str>>,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) stop: StopReason,
    pub(crate) source: Option<Arc<dyn std::error::Error + Send + Sync>>,
    /// Whether the connection couldn't be made for a reason that can't pass by itself.
    pub(crate) is_lasting: bool,
    /// Whether the answer came from something else than the service.
    pub(crate) is_foreign: bool,
    /// Whether all that was done before it was reading.
    pub(crate) only_read: bool,
}

/// A service's own error body, parsed from the kept answer on demand.
pub trait Fault: Sized {
    /// Parses it; `None` if the answer holds none.
    fn parse(response: &RawResponse) -> Option<Self>;
}

/// What is known at the end of a call beside what failed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ending {
    pub(crate) operation: &'static Operation,
    pub(crate) safety: Safety,
    /// The highest outcome of its attempts.
    pub(crate) worst: Outcome,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) stop: StopReason,
}

impl Error {
    /// Finishes the error of a call. This is the only place where an error gets its attempts and the time they took,
    /// its reason to stop, and the outcome of all attempts together.
    pub(crate) fn finish(self, ending: &Ending) -> Self {
        let mut error = self.in_operation(ending.operation);
        let inner = error.inner_mut();
        inner.outcome = inner.outcome.max(ending.worst);
        inner.safety = ending.safety;
        inner.attempts = ending.attempts;
        inner.elapsed = ending.elapsed;
        let is_late = inner.kind == Kind::Timeout && ending.stop == StopReason::Final;
        inner.stop = if is_late { StopReason::Deadline } else { ending.stop };
        error
    }

    /// Names the operation that the error belongs to, unless it names one already.
    #[must_use]
    pub fn in_operation(mut self, operation: &'static Operation) -> Self {
        if self.0.operation.is_none() {
            self.0.operation = Some(operation);
            self.0.safety = operation.safety();
        }
        self
    }

    /// Marks the error of a workflow that has only read so far: its text says that nothing was changed, unless it is
    /// the error of a write that was sent, or of a call that could not be. The [`outcome`](Self::outcome) stays.
    #[must_use]
    pub fn after_reads(mut self) -> Self {
        let stops = matches!(self.0.kind, Kind::Request | Kind::Timeout);
        self.0.only_read = if self.0.outcome == Outcome::NotSent { stops } else { self.0.safety == Safety::Read };
        self
    }

    /// Keeps the cause. Its text is shown in [`report`](Self::report), so it must hold no secret and no personal data.
    #[must_use]
    pub fn with_source(self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.with_shared_source(Arc::new(source))
    }

    pub(crate) fn with_shared_source(mut self, source: Arc<dyn std::error::Error + Send + Sync>) -> Self {
        self.0.source = Some(source);
        self
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    pub(crate) fn inner_mut(&mut self) -> &mut Inner {
        &mut self.0
    }

    /// What failed.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What the server did, as far as can be known.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The operation's name, such as `aura.callouts.create`; `client` while a client is being made.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation.map_or("client", Operation::name)
    }

    /// The HTTP status, if the server answered with one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(|response| response.status)
    }

    /// The server's own id of the failed exchange, to give to the vendor's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.response.as_ref().and_then(RawResponse::request_id)
    }

    /// The body of the answer, as far as it came. It can hold personal data.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.response.as_ref().map(|response| &response.body)
    }

    /// The service's own error body, parsed now. `None` if there was no answer, or it holds no such thing.
    #[must_use]
    pub fn fault<F: Fault>(&self) -> Option<F> {
        self.0.response.as_ref().and_then(F::parse)
    }

    /// How many HTTP exchanges were tried; 0 if nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call took, waits between attempts included.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// How long the server asks to wait before the next try.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Why the call was not repeated, or not again.
    #[must_use]
    pub fn stop_reason(&self) -> StopReason {
        self.0.stop
    }

    /// The error of this family that caused this one, such as that of a call for a token.
    #[must_use]
    pub fn cause(&self) -> Option<&Error> {
        self.reason()
    }

    /// The cause, if it has this type, such as the failure of a workflow. Unlike
    /// [`source`](std::error::Error::source), it is there also where the error's own text says the same.
    #[must_use]
    pub fn reason<T: std::error::Error + 'static>(&self) -> Option<&T> {
        self.0.source.as_deref().and_then(|source| source.downcast_ref())
    }
}
