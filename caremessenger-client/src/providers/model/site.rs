use super::Coordinate;
use crate::{CalendarId, CustomerId, SiteId};
use care_client_core::{Personal, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A site, as it stands within a provider that hangs on it.
///
/// Source: CareMessenger, *Assistance Requests*, "Response Format", <https://docs.caremessenger.co.uk/assistance.html>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Site {
    /// Its id: what was sent as `object_id`.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// The name in small letters with hyphens.
    pub slug: String,
    /// The organisation that it belongs to.
    pub customer: CustomerId,
    /// When it was made. It differs from [`modified`](Self::modified) by milliseconds in the documented example, so the two don't
    /// tell whether a site was ever changed (defect [`CARE-14`](crate::defects)).
    #[serde(with = "timestamp")]
    pub created: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "timestamp")]
    pub modified: DateTime<Utc>,
    /// The latitude, if it is set.
    #[serde(default)]
    pub lat: Option<Personal<Coordinate>>,
    /// The longitude, if it is set.
    #[serde(default)]
    pub lon: Option<Personal<Coordinate>>,
    /// Whether it is in use.
    pub is_active: bool,
    /// Its calendar, if it has one (defect [`CARE-16`](crate::defects)).
    #[serde(default)]
    pub calendar: Option<CalendarId>,
}
