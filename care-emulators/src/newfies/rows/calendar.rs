//! Calendars.

use chrono::{DateTime, Utc};

/// A calendar as the server has stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Calendar {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// The id of the calendar user whose it is.
    pub user: Option<u64>,
    /// Kept, and not used.
    pub max_concurrent: Option<i32>,
    /// When it was made.
    pub created_date: DateTime<Utc>,
}
