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

use super::kind::{Kind, Outcome};
use http::StatusCode;

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
