//! The status of a planned answer.

use http::StatusCode;

/// A status for a planned answer: a [`StatusCode`], or its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultStatus(pub(crate) StatusCode);

impl From<StatusCode> for FaultStatus {
    fn from(status: StatusCode) -> Self {
        Self(status)
    }
}

impl From<u16> for FaultStatus {
    /// A number that is no status (below 100 or above 999) gives 500.
    fn from(number: u16) -> Self {
        Self(StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
    }
}
