//! Responders near a callout.

use care_client_core::wire::{number, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{CalloutId, ResponderId};

/// A responder near enough to be asked, and what became of asking.
///
/// Being in range doesn't mean being on the way: see [`Callout::dispatch`](crate::Callout::dispatch).
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `calloutResponderInRanges` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResponderInRange {
    /// The number of this row.
    #[serde(default, with = "number::option")]
    pub id: Option<u64>,
    /// The callout.
    pub callout_id: Option<CalloutId>,
    /// The responder.
    pub responder_id: Option<ResponderId>,
    /// Whether the responder was asked.
    pub requested: Option<bool>,
    /// Whether the responder declined.
    pub declined: Option<bool>,
    /// How far away the responder was, in metres. The unit isn't documented (defect [`AURA-47`](crate::defects)): 1213 goes
    /// with "1.2 km".
    #[serde(default, with = "number::option")]
    pub distance: Option<u64>,
    /// How long the way would take, in seconds. The unit isn't documented (defect [`AURA-47`](crate::defects)): 195 goes with
    /// "3 mins".
    ///
    /// It is computed apart from [`ResponseEta::duration_value`](crate::ResponseEta::duration_value) and may differ from it.
    #[serde(default, with = "number::option")]
    pub duration: Option<u64>,
    /// The duration in words.
    pub duration_text: Option<String>,
    /// Whether the responder accepted.
    pub acknowledged: Option<bool>,
    /// When the request was taken back, as it is when a responder is cancelled.
    #[serde(default, with = "timestamp::option")]
    pub retracted_at: Option<DateTime<Utc>>,
    /// When this row was made.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When this row last changed.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}
