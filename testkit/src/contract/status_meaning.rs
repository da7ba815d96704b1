use care_client_core::{Error, Kind, Outcome, Safety, StopReason};

/// What an error status means for an operation, with the default number of attempts.
#[derive(Debug, Clone, Copy)]
pub struct StatusMeaning {
    /// The operation's name.
    pub operation: &'static str,
    /// What a repeat would do.
    pub safety: Safety,
    /// Whether its credentials can be renewed.
    pub renewable: bool,
}

impl StatusMeaning {
    /// How many requests of the operation itself a server receives that answers each with this status.
    #[must_use]
    pub fn attempts(&self, status: u16) -> u32 {
        match proven_by(status) {
            (Outcome::Refused, true) => 3,
            (Outcome::Unknown, true) if self.safety != Safety::Once => 3,
            _ if status == 401 && self.renewable => 2,
            _ => 1,
        }
    }

    /// Panics unless the error of a call that was answered with this status says what it means.
    pub fn assert(&self, error: &Error, status: u16) {
        let at = format!("{} {status}: {error:?}", self.operation);
        let (outcome, is_transient) = proven_by(status);
        let is_unknown_once = self.safety == Safety::Once && outcome == Outcome::Unknown;
        assert_eq!((error.kind(), error.operation()), (Kind::Api, self.operation), "{at}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{at}");
        assert_eq!((error.outcome(), error.is_transient()), (outcome, is_transient), "{at}");
        assert_eq!(error.is_retryable(), is_transient && !is_unknown_once, "{at}");
        assert_eq!(error.attempts(), self.attempts(status), "{at}");
        let stop = match (is_transient, is_unknown_once) {
            (true, true) => StopReason::Once,
            (true, false) => StopReason::Attempts,
            (false, _) => StopReason::Final,
        };
        assert_eq!(error.stop_reason(), stop, "{at}");
        for (about, answer) in [
            (401, error.is_unauthorized()),
            (403, error.is_forbidden()),
            (404, error.is_not_found()),
            (409, error.is_conflict()),
            (422, error.is_unprocessable()),
            (429, error.is_throttled()),
        ] {
            assert_eq!(answer, about == status, "{at}: {about}");
        }
    }
}

/// What the server did, and whether the failure may pass by itself.
fn proven_by(status: u16) -> (Outcome, bool) {
    match status {
        421 | 425 | 429 => (Outcome::Refused, true),
        501 | 505 => (Outcome::Unknown, false),
        408 | 500..=599 => (Outcome::Unknown, true),
        _ => (Outcome::Refused, false),
    }
}
