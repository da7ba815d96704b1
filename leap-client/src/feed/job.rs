//! One request to read, and what it means if reading it fails.

use crate::{feed::store::PendingAck, ids::RequestId};
use care_client_core::{Error, Kind, Outcome};

/// One request to read.
pub(super) enum Job {
    /// To see what an acknowledgement has done.
    Verify(PendingAck),
    /// To deliver it.
    Read(RequestId),
}

impl Job {
    pub(super) fn id(&self) -> &RequestId {
        match self {
            Self::Verify(pending) => &pending.id,
            Self::Read(id) => id,
        }
    }
}

/// Whether an error is about the one request, and not about the server or the credentials.
pub(super) fn concerns_one(error: &Error) -> bool {
    let general = error.is_unauthorized() || error.is_forbidden() || error.is_throttled();
    match error.kind() {
        Kind::Request | Kind::TooLarge => true,
        Kind::Decode => error.outcome() == Outcome::Completed,
        Kind::Api => error.outcome() == Outcome::Refused && !general,
        _ => false,
    }
}
