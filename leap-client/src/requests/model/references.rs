use crate::ids::{ExternalId, RequestId};
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A reference to another object of LEAP: a topic, property, product offer or account.
///
/// Source: Majitek, *Understanding the APIs*, <http://docs.majitek.com/plaza/dev/Understanding+the+APIs>.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EntityRef {
    /// LEAP's identifier of the object. Text, even where it looks like a number: `01234574` is documented.
    pub identifier: String,
    /// The address of the object. Topics and product offers have none (defect [`LEAP-12`](crate::defects)). The
    /// documented ones begin with `http` although LEAP requires `https`, so never fetch one unchanged (defect
    /// [`LEAP-09`](crate::defects)).
    #[serde(default)]
    pub href: Option<String>,
    /// The external id of the object; of a property it is documented as `external-reference` (defect
    /// [`LEAP-11`](crate::defects)).
    #[serde(default)]
    pub extid: Option<String>,
    /// Since when *that object* has unacknowledged changes. Acknowledging the support request doesn't change it.
    #[serde(default, with = "timestamp::option")]
    pub unacked_since: Option<DateTime<Utc>>,
}

impl EntityRef {
    /// Everything but the flag.
    pub(super) fn names(&self) -> (&str, Option<&str>, Option<&str>) {
        let Self { identifier, href, extid, unacked_since: _ } = self;
        (identifier, href.as_deref(), extid.as_deref())
    }
}

/// The answer to [`set_external_id`](crate::Requests::set_external_id): which support request has the external id.
///
/// Source: Majitek, *Requests Web Services API*, "Update the external identifier for a support request",
/// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RequestRef {
    /// The address of the request; see [`EntityRef::href`].
    #[serde(default)]
    pub href: Option<String>,
    /// LEAP's identifier of the request.
    pub identifier: RequestId,
    /// The external id of the request.
    pub extid: ExternalId,
}
