//! One planned failure of a delivery.

use std::time::Duration;

use http::StatusCode;

/// What goes wrong with one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is nobody to connect to.
    Refuse,
    /// The connection ends before the receiver has the request.
    Reset,
    /// The connection ends when the receiver has half of the body.
    Cut,
    /// The connection ends after the receiver has answered.
    LoseAnswer,
    /// The answer comes this much later.
    Delay(Duration),
    /// Something in front of the receiver answers with this.
    Instead(StatusCode),
    /// The same POST is on its way twice at once.
    Twice,
}
