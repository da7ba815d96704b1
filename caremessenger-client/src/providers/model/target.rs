use crate::ids::{CustomerId, ResidentId, SiteId};
use serde::{Deserialize, Serialize};
use std::fmt;

pub(crate) const CUSTOMER: &str = "customer";
pub(crate) const SITE: &str = "site";
pub(crate) const RESIDENT: &str = "resident";

/// What a provider hangs on, which decides who sees it on the television.
///
/// | target | who sees the provider |
/// |---|---|
/// | [`Customer`](Self::Customer) | every resident of every site of the organisation |
/// | [`Site`](Self::Site) | every resident of the site |
/// | [`Resident`](Self::Resident) | the resident alone; not yet implemented (defect [`CARE-19`](crate::defects)) |
///
/// It is two keys on the wire, `content_type` and `object_id`, and one value here, so that they can't be set apart.
///
/// Source: CareMessenger, *Assistance Requests*, "Assistance Providers",
/// <https://docs.caremessenger.co.uk/assistance.html>.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
#[non_exhaustive]
pub enum Target {
    /// An organisation.
    Customer(CustomerId),
    /// A site.
    Site(SiteId),
    /// A resident.
    Resident(ResidentId),
    /// A kind that this version doesn't know, or one whose object is gone or has no id.
    Other {
        /// The kind as the server spells it.
        kind: Box<str>,
        /// The object's id, if it shows one.
        id: Option<u64>,
    },
}

/// The two keys of a request.
#[derive(Clone, Serialize, Deserialize)]
struct Wire {
    content_type: Box<str>,
    object_id: Option<u64>,
}

impl Target {
    /// The target of this kind, which is known by its word and its id together.
    pub(crate) fn new(kind: &str, id: Option<u64>) -> Self {
        match (kind, id) {
            (CUSTOMER, Some(id)) => Self::Customer(CustomerId(id)),
            (SITE, Some(id)) => Self::Site(SiteId(id)),
            (RESIDENT, Some(id)) => Self::Resident(ResidentId(id)),
            _ => Self::Other { kind: kind.into(), id },
        }
    }

    /// The kind as the API spells it: `customer`, `site` or `resident`; an unknown one as it was sent.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Customer(_) => CUSTOMER,
            Self::Site(_) => SITE,
            Self::Resident(_) => RESIDENT,
            Self::Other { kind, .. } => kind,
        }
    }

    /// The number of the object, if it is known.
    #[must_use]
    pub fn object_id(&self) -> Option<u64> {
        match self {
            Self::Customer(id) => Some(id.get()),
            Self::Site(id) => Some(id.get()),
            Self::Resident(id) => Some(id.get()),
            Self::Other { id, .. } => *id,
        }
    }
}

impl From<Wire> for Target {
    fn from(wire: Wire) -> Self {
        Self::new(&wire.content_type, wire.object_id)
    }
}

impl From<Target> for Wire {
    fn from(target: Target) -> Self {
        Self { content_type: target.kind().into(), object_id: target.object_id() }
    }
}

impl From<CustomerId> for Target {
    fn from(id: CustomerId) -> Self {
        Self::Customer(id)
    }
}

impl From<SiteId> for Target {
    fn from(id: SiteId) -> Self {
        Self::Site(id)
    }
}

/// The kind and the number: `site 5`.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.object_id() {
            Some(id) => write!(f, "{} {id}", self.kind()),
            None => f.write_str(self.kind()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_two_keys_in_json_and_one_value_here() {
        // CARE-15: the same number is another object by its kind.
        for (target, json, shown) in [
            (Target::Customer(CustomerId(5)), r#"{"content_type":"customer","object_id":5}"#, "customer 5"),
            (Target::Site(SiteId(5)), r#"{"content_type":"site","object_id":5}"#, "site 5"),
            (Target::Resident(ResidentId(5)), r#"{"content_type":"resident","object_id":5}"#, "resident 5"),
            (Target::new("block", Some(5)), r#"{"content_type":"block","object_id":5}"#, "block 5"),
            (Target::new("site", None), r#"{"content_type":"site","object_id":null}"#, "site"),
        ] {
            assert_eq!(serde_json::to_string(&target).unwrap(), json);
            assert_eq!(serde_json::from_str::<Target>(json).unwrap(), target);
            assert_eq!(target.to_string(), shown);
        }
    }
}
