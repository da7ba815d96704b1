//! What a customer was asked afterwards.

use chrono::{DateTime, Utc};

/// A satisfaction survey that was sent to a customer, of an account with that extension.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Survey {
    /// The survey's id.
    pub id: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// The id of the answer.
    pub response_id: Option<String>,
    /// The customer's grade.
    pub grade: Option<i64>,
}
