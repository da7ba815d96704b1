use super::kind::{Kind, Outcome};
use http::StatusCode;

/// What one failed attempt proves, and whether it may be repeated: the family's table of safety and outcomes.
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

    /// Of an answer whose status isn't 2xx.
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

/// Whether an error status may pass by itself. A success that says no in its body is no such status.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    !status.is_success() && matches!(Classification::of_status(status).repeat, Repeat::Always | Repeat::UnlessOnce)
}
