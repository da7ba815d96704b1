use super::{CalloutStatus, Dispatch, Eta, Responder};
use crate::{
    callouts::Callout,
    ids::{CalloutId, ResponderId},
};
use care_client_core::Personal;
use chrono::{DateTime, Utc};

/// A callout in short: what a session keeps of the newest answer, and what a list of running callouts shows. Made by
/// [`CalloutSession::summary`](crate::CalloutSession::summary) and [`Callout::summary`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CalloutSummary {
    /// The number of the callout.
    pub id: CalloutId,
    /// Where it stands.
    pub status: CalloutStatus,
    /// The responder who was dispatched.
    pub responder_id: Option<ResponderId>,
    /// The responder's first name and surname.
    pub responder: Option<Personal<String>>,
    /// The company that was dispatched.
    pub company: Option<String>,
    /// Where the responder was last seen: latitude and longitude in degrees.
    pub position: Option<Personal<(f64, f64)>>,
    /// When help will be there.
    pub eta: Option<Eta>,
    /// When the callout was stored.
    pub created_at: Option<DateTime<Utc>>,
    /// When a responder was dispatched.
    pub dispatched_at: Option<DateTime<Utc>>,
    /// When the responder arrived.
    pub arrived_at: Option<DateTime<Utc>>,
    /// When the responder had finished.
    pub completed_at: Option<DateTime<Utc>>,
    /// When the callout was closed.
    pub resolved_at: Option<DateTime<Utc>>,
    /// When the callout last changed.
    pub updated_at: Option<DateTime<Utc>>,
}

impl Callout {
    /// The callout in short.
    ///
    /// ```
    /// let text = r#"{"id": 570, "status": "created", "createdAt": "2019-06-26T08:26:34.150Z"}"#;
    /// let callout: aura_client::Callout = serde_json::from_str(text)?;
    /// let summary = callout.summary();
    /// assert_eq!((summary.id.get(), summary.status.as_str()), (570, "created"));
    /// assert!(summary.created_at.is_some() && summary.responder.is_none());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn summary(&self) -> CalloutSummary {
        let detail = self.incident_detail.as_deref();
        let responder = self.dispatch().and_then(Dispatch::responder);
        CalloutSummary {
            id: self.id,
            status: self.status.clone(),
            responder_id: responder.and_then(|responder| responder.id),
            responder: responder.and_then(Responder::full_name),
            company: self.company().map(str::to_owned),
            position: responder.and_then(Responder::position).and_then(|place| place.coordinates()),
            eta: self.eta(),
            created_at: self.created_at,
            dispatched_at: detail.and_then(|detail| detail.responder_dispatched_at),
            arrived_at: detail.and_then(|detail| detail.responder_arrived_at),
            completed_at: detail.and_then(|detail| detail.responder_completed_at),
            resolved_at: self.resolved_at,
            updated_at: self.updated_at,
        }
    }
}
