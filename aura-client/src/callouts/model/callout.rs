//! A callout: one call for help, from its creation to its end.

use super::{
    CalloutEvent, CalloutLocation, CalloutStatus, Customer, IncidentDetail, ResponderInRange, ResponseEta, Travel,
};
use crate::ids::{CalloutId, ClassificationId, CustomerId, ResponseTypeId, SupplierId};
use care_client_core::{Personal, Undecodable, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

/// A callout: one call for help, from its creation to its end.
///
/// ```
/// use aura_client::{Callout, CalloutStatus};
///
/// // In a wrapper or bare:
/// let text = r#"{"callout": {"id": 570, "status": "created", "verified": null}}"#;
/// let callout: Callout = serde_json::from_str(text)?;
/// assert_eq!((callout.id.get(), &callout.status), (570, &CalloutStatus::Created));
/// assert!(callout.dispatch().is_none() && callout.eta().is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Only `id` and `status` are sure to be there. To see whether something changed compare the status, ids and
/// `updated_at`, never other dates, which later answers round to the second.
///
/// `Serialize` writes it in AURA's form, without a wrapper.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, the seven examples of responses.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Callout {
    /// The number of the callout.
    pub id: CalloutId,
    /// Whether it is real or a test.
    // Printed with a broken key, and put into the examples by hand: AURA-01 and AURA-03.
    #[serde(rename = "calloutClassificationId")]
    pub classification_id: Option<ClassificationId>,
    /// Whether the customer cancelled it. Whether `dismiss` sets this isn't documented.
    pub cancelled_by_customer: Option<bool>,
    /// Where it stands.
    pub status: CalloutStatus,
    /// Whether a controller has verified that help is wanted; `None` while nobody has looked (defect
    /// [`AURA-17`](crate::defects)).
    pub verified: Option<bool>,
    /// The controller who verified it; null after a dispatch by hand.
    pub verified_by: Option<Personal<String>>,
    /// When it was verified.
    #[serde(with = "timestamp::option")]
    pub verified_at: Option<DateTime<Utc>>,
    /// When it was closed.
    #[serde(with = "timestamp::option")]
    pub resolved_at: Option<DateTime<Utc>>,
    /// When it came in.
    #[serde(with = "timestamp::option")]
    pub logged_at: Option<DateTime<Utc>>,
    /// When it was stored.
    #[serde(with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it last changed.
    #[serde(with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
    /// The controller who changed it last.
    pub last_updated_by: Option<Personal<String>>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub last_updated_by_client_id: Option<Value>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub source: Option<Value>,
    /// Whether somebody is to be dispatched.
    pub dispatch_required: Option<bool>,
    /// Whether the control room has seen it.
    pub acknowledged: Option<bool>,
    /// The controller who saw it first.
    pub first_acknowledged_by: Option<Personal<String>>,
    /// When it was first seen.
    #[serde(with = "timestamp::option")]
    pub first_acknowledged_at: Option<DateTime<Utc>>,
    /// Whether a controller has taken it over.
    pub owned: Option<bool>,
    /// The controller who has taken it over.
    pub owned_by: Option<Personal<String>>,
    /// When it was taken over.
    #[serde(with = "timestamp::option")]
    pub owned_at: Option<DateTime<Utc>>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub message_id: Option<Value>,
    /// The customer's number.
    pub customer_id: Option<CustomerId>,
    /// Which kind of response was asked for.
    // Put into the examples by hand: AURA-03.
    pub response_type_id: Option<ResponseTypeId>,
    /// The responders near it.
    #[serde(rename = "calloutResponderInRanges")]
    pub responders_in_range: Vec<ResponderInRange>,
    /// What is known about the incident, and who deals with it.
    #[serde(rename = "calloutincidentdetail")]
    pub incident_detail: Option<Box<IncidentDetail>>,
    /// The person who needs help.
    pub customer: Option<Customer>,
    /// Empty in every documented example; the type of its elements isn't documented (defect
    /// [`AURA-43`](crate::defects)).
    #[serde(rename = "customerNumberPhoneds")]
    pub numbers_phoned: Vec<Personal<Value>>,
    /// The positions of the customer.
    #[serde(rename = "calloutlocations")]
    pub locations: Vec<CalloutLocation>,
    /// AURA's estimates of the time to arrival; [`eta`](Self::eta) picks the one that counts.
    #[serde(rename = "calloutResponseEta")]
    pub response_etas: Vec<ResponseEta>,
    /// A position of the customer. It is the first of [`locations`](Self::locations) in every documented example; which
    /// one it is among several isn't documented.
    pub location: Option<CalloutLocation>,
    /// How far away help was when AURA last measured; stale after Responder Cancelled.
    pub distance: Option<Travel>,
    /// The companies near it. The one that was dispatched by hand need not be among them (defect
    /// [`AURA-30`](crate::defects)).
    #[serde(rename = "uniqueSuppliersInRange")]
    pub suppliers_in_range: Vec<SupplierId>,
    /// Messages and other events; empty unless they were asked for.
    #[serde(rename = "calloutEvents")]
    pub events: Vec<CalloutEvent>,
    /// What of the answer isn't as documented, and so is missing above: an element of a list, or the value of a field.
    /// `index` is the place in the list; the error says which list or field. Empty if all could be read.
    #[serde(skip)]
    pub set_apart: Vec<Undecodable>,
    #[serde(flatten)]
    pub(super) undocumented: Personal<Map<String, Value>>,
}

impl Callout {
    /// A callout of which nothing else is known.
    pub(crate) fn bare(id: CalloutId, status: CalloutStatus) -> Self {
        Self {
            id,
            classification_id: None,
            cancelled_by_customer: None,
            status,
            verified: None,
            verified_by: None,
            verified_at: None,
            resolved_at: None,
            logged_at: None,
            created_at: None,
            updated_at: None,
            last_updated_by: None,
            last_updated_by_client_id: None,
            source: None,
            dispatch_required: None,
            acknowledged: None,
            first_acknowledged_by: None,
            first_acknowledged_at: None,
            owned: None,
            owned_by: None,
            owned_at: None,
            message_id: None,
            customer_id: None,
            response_type_id: None,
            responders_in_range: Vec::new(),
            incident_detail: None,
            customer: None,
            numbers_phoned: Vec::new(),
            locations: Vec::new(),
            response_etas: Vec::new(),
            location: None,
            distance: None,
            suppliers_in_range: Vec::new(),
            events: Vec::new(),
            set_apart: Vec::new(),
            undocumented: Personal(Map::new()),
        }
    }

    /// The responder's route, if it was asked for and a responder is attached: every top-level key that no document
    /// names.
    ///
    /// The guide says that "route polygons" come with the callout and names neither their key nor their form (defect
    /// [`AURA-37`](crate::defects)), so they are given as they came. `None` if there are no such keys.
    ///
    /// ```
    /// let text = r#"{"id": 570, "status": "created", "directions": {"points": "_p~iF"}}"#;
    /// let callout: aura_client::Callout = serde_json::from_str(text)?;
    /// let points = callout.route().and_then(|route| route["directions"]["points"].as_str());
    /// assert_eq!(points, Some("_p~iF"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Callout Polling".
    #[must_use]
    pub fn route(&self) -> Option<&Map<String, Value>> {
        Some(&*self.undocumented).filter(|keys| !keys.is_empty())
    }
}
