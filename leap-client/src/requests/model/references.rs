use crate::ids::{ExternalId, RequestId};
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Another object of LEAP's that a support request names: its topic, property, product offer or account.
///
/// Source: Majitek, *Understanding the APIs*, <http://docs.majitek.com/plaza/dev/Understanding+the+APIs>.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EntityRef {
    /// LEAP's identifier of it. Text, even where it looks like a number: `01234574` is documented.
    pub identifier: String,
    /// Its address. Topics and product offers have none (defect [`LEAP-12`](crate::defects)). The documented ones begin with
    /// `http`, where LEAP wants `https`, so never fetch one as it is (defect [`LEAP-09`](crate::defects)).
    #[serde(default)]
    pub href: Option<String>,
    /// The identifier that another system has given it; on a property it is printed as `external-reference` (defect
    /// [`LEAP-11`](crate::defects)).
    #[serde(default)]
    pub extid: Option<String>,
    /// Since when *that object* has changes that nobody has acknowledged. Acknowledging the support request leaves it as it
    /// is.
    #[serde(default, with = "timestamp::option")]
    pub unacked_since: Option<DateTime<Utc>>,
}

impl EntityRef {
    /// What it refers to, without its flag.
    pub(super) fn names(&self) -> (&str, Option<&str>, Option<&str>) {
        let Self { identifier, href, extid, unacked_since: _ } = self;
        (identifier, href.as_deref(), extid.as_deref())
    }
}

/// The answer to a new external id: which support request has it now.
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
    /// The external id that it has now.
    pub extid: ExternalId,
}
