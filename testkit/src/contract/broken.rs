//! Failures of real sockets, as an emulator plans them, and what they leave a caller with.

use care_client_core::{Error, Outcome};
use care_emulators::Faults;

/// A failure that is planned for the next request.
pub type Fault = fn(&Faults);

/// Failures after which nobody knows whether the server did it, and whether it did.
pub const UNKNOWN: [(Fault, bool); 8] = [
    (Faults::drop_before_commit, false),
    (Faults::reset, false),
    (|faults| faults.status_before_commit(503, None), false),
    (Faults::drop_after_commit, true),
    (Faults::reset_after_commit, true),
    (|faults| faults.status_after_commit(502, None), true),
    (Faults::garbage, true),
    (Faults::html, true),
];

/// Failures after a head that says that the server did it.
pub const COMPLETED: [Fault; 2] = [Faults::truncate_body, Faults::reset_body];

/// The failures after which a call is repeated where that is safe: all but a foreign page, which is no failure that
/// passes.
pub fn repeatable() -> impl Iterator<Item = Fault> {
    UNKNOWN[..7].iter().map(|(fault, _)| *fault)
}

/// Panics unless the error is that of a call of [`Safety::Once`](care_client_core::Safety::Once) of unknown outcome,
/// which was sent once.
#[track_caller]
pub fn assert_unknown(error: &Error) {
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1), "{error:?}");
    assert!(!error.is_retryable() && error.to_string().contains("may or may not"), "{error}");
}
