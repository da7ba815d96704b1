//! The states of a callout.

use serde::{Serialize, Serializer};
use std::fmt;

/// The status of a callout, one of the six that the guide lists.
///
/// The transitions, as far as the guide's examples prove or suggest them (its own diagram is missing):
///
/// | from | to |
/// |---|---|
/// | `created` | `Responder Dispatched`, `closed` |
/// | `Responder Dispatched` | `Responder Cancelled`, `Responder Arrived` |
/// | `Responder Cancelled` | `Responder Dispatched`, `closed` |
/// | `Responder Arrived` | `Responder Completed` |
/// | `Responder Completed` | `closed` |
/// | `closed` | – |
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, "Callout Status Flow".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// `created`
    Created,
    /// `Responder Dispatched`
    Dispatched,
    /// `Responder Cancelled`
    Cancelled,
    /// `Responder Arrived`
    Arrived,
    /// `Responder Completed`
    Completed,
    /// `closed`
    Closed,
}

impl Status {
    /// Returns the status as it is written on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Dispatched => "Responder Dispatched",
            Self::Cancelled => "Responder Cancelled",
            Self::Arrived => "Responder Arrived",
            Self::Completed => "Responder Completed",
            Self::Closed => "closed",
        }
    }

    pub(super) fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Created | Self::Cancelled, Self::Dispatched | Self::Closed)
                | (Self::Dispatched, Self::Cancelled | Self::Arrived)
                | (Self::Arrived, Self::Completed)
                | (Self::Completed, Self::Closed)
        )
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq<str> for Status {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Status {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
