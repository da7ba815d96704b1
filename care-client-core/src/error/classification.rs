//! What a failed attempt proves: the family's table of failures and outcomes, and its only place in the code.
//!
//! Every failed attempt is classified before anything else is decided: which [`Kind`] of failure it is, what the
//! server did ([`Outcome`]), and what kind of repeat could help. The retry loop combines this with the operation's
//! safety. Statuses are classified here, failures of the transport beside [`TransportError`](crate::TransportError).
//!
//! | status | outcome | repeat |
//! |---|---|---|
//! | 401 | refused | with a renewed token, once |
//! | 421, 425, 429 | refused | always |
//! | 408, 5xx but 501 and 505 | unknown | unless the operation must happen once |
//! | 501, 505, 3xx but the next row | unknown | never |
//! | 301, 307, 308, other 4xx | refused | never |
//!
//! 301, 307 and 308 say that the request was not carried out at this address; a 303 can follow work that is done.

use http::StatusCode;
use std::fmt;

/// What failed. What the server did is the [`Outcome`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The client is configured wrongly, or lacks what the operation needs. Nothing was sent.
    Config,
    /// The input can't be sent as it is. Nothing was sent.
    Request,
    /// The credentials could not be obtained, so the call itself was not sent; or they were refused and could not be
    /// renewed.
    Auth,
    /// No connection was made: DNS, refused, TLS, connect timeout. Nothing was sent.
    Connect,
    /// The connection broke, or the answer was not HTTP.
    Interrupted,
    /// The attempt's timeout or the call's deadline passed.
    Timeout,
    /// The service answered with an error.
    Api,
    /// The server answered with a redirect, which the client does not follow.
    Origin,
    /// The answer is larger than [`Options::max_body`](crate::Options::max_body).
    TooLarge,
    /// The answer could not be read.
    Decode,
    /// A list changed so much while it was read that the walk could not continue.
    Paging,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Config => "config",
            Self::Request => "request",
            Self::Auth => "auth",
            Self::Connect => "connect",
            Self::Interrupted => "interrupted",
            Self::Timeout => "timeout",
            Self::Api => "api",
            Self::Origin => "origin",
            Self::TooLarge => "too_large",
            Self::Decode => "decode",
            Self::Paging => "paging",
        })
    }
}

/// What the server did, as far as can be known: the highest over all attempts of the call.
///
/// ```
/// use care_client_core::Outcome;
///
/// assert!(Outcome::NotSent < Outcome::Refused);
/// assert!(Outcome::Refused < Outcome::Unknown && Outcome::Unknown < Outcome::Completed);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Nothing reached the server.
    NotSent,
    /// The server rejected the request and did not carry it out.
    Refused,
    /// The server may have done it or not: read back before you repeat what must happen only once.
    Unknown,
    /// The server did it, though its answer could not be used.
    Completed,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "nothing was sent",
            Self::Refused => "the server rejected the request",
            Self::Unknown => "the server may or may not have done it",
            Self::Completed => "the server did it",
        })
    }
}

/// Why a failed call was not repeated, or not repeated again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StopReason {
    /// A repeat would fail in the same way.
    Final,
    /// A repeat could do it twice.
    Once,
    /// All attempts that the retry policy allows were made.
    Attempts,
    /// The wait before the next attempt would pass the call's deadline, or the deadline has passed.
    Deadline,
    /// The retry budget is used up because too many calls of this client fail: more repeats would only add load to a
    /// server that is down.
    Budget,
}

impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Final => "a repeat would fail in the same way",
            Self::Once => "not repeated, because a repeat could do it twice",
            Self::Attempts => "all attempts were made",
            Self::Deadline => "no time was left for a repeat",
            Self::Budget => "the retry budget is used up",
        })
    }
}

/// What one failed attempt proves, and whether it may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Classification {
    pub(crate) kind: Kind,
    pub(crate) outcome: Outcome,
    pub(crate) repeat: Repeat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// A repeat would fail in the same way.
    Never,
    /// A repeat is safe for every operation: the attempt did nothing.
    Always,
    /// A repeat is safe unless the operation is `Once`.
    UnlessOnce,
    /// With new credentials, once.
    Renewed,
}

impl Classification {
    pub(crate) const fn new(kind: Kind, outcome: Outcome, repeat: Repeat) -> Self {
        Self { kind, outcome, repeat }
    }

    /// Classifies an answer whose status isn't 2xx.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::new(Kind::Api, Outcome::Refused, Repeat::Renewed),
            421 | 425 | 429 => Self::new(Kind::Api, Outcome::Refused, Repeat::Always),
            408 => Self::new(Kind::Api, Outcome::Unknown, Repeat::UnlessOnce),
            301 | 307 | 308 => Self::new(Kind::Origin, Outcome::Refused, Repeat::Never),
            300..=399 => Self::new(Kind::Origin, Outcome::Unknown, Repeat::Never),
            400..=499 => Self::new(Kind::Api, Outcome::Refused, Repeat::Never),
            501 | 505 => Self::new(Kind::Api, Outcome::Unknown, Repeat::Never),
            _ => Self::new(Kind::Api, Outcome::Unknown, Repeat::UnlessOnce),
        }
    }
}

/// Whether a repeat may end better than this status. A 2xx is never transient.
pub(crate) fn is_transient_status(status: StatusCode) -> bool {
    !status.is_success() && matches!(Classification::of_status(status).repeat, Repeat::Always | Repeat::UnlessOnce)
}
