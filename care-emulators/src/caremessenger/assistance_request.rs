//! Requests for assistance.

use chrono::{DateTime, Utc};

/// A resident has chosen a provider on the television.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AssistanceRequest {
    /// Its identifier. No document says that CareMessenger has one.
    pub id: u64,
    /// The provider that was chosen.
    pub provider: u64,
    /// Who needs help.
    pub resident: u64,
    /// When the resident chose, to the microsecond.
    pub created: DateTime<Utc>,
    /// The email notifiers that a mail went to, in the order of registration.
    pub mailed: Vec<u64>,
    /// The webhook notifiers that are posted to, in the order of registration.
    pub posted: Vec<u64>,
}
