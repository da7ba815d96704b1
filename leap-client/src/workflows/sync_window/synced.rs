use crate::requests::model::SupportRequest;
use care_client_core::Undecodable;
use chrono::{DateTime, Utc};

/// What a [`SyncWindow`](super::SyncWindow) or a part of it found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Synced {
    /// The requests without their history, the least recently updated first.
    pub requests: Vec<SupportRequest>,
    /// Rows that could not be read.
    pub undecodable: Vec<Undecodable>,
    /// The end of the window or of the part: everything before it is complete. `from` of the next window.
    pub checkpoint: DateTime<Utc>,
}
