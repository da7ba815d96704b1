//! What a provider hangs on, of any kind, as far as the server shows it.

use super::{
    Site, Target,
    target::{CUSTOMER, RESIDENT, SITE},
};
use crate::ids::{CustomerId, ResidentId, SiteId};
use care_client_core::{Personal, wire::json};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value, value::RawValue};

/// The object that a provider hangs on, as the server shows it within the provider.
///
/// The documents show that of a site alone (defect [`CARE-09`](crate::defects)). A kind that isn't known keeps its word
/// and its content; so does one that is known and has another form than the documented one.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ContentObject {
    /// A site.
    Site(Box<Site>),
    /// An organisation.
    Customer(Opaque<CustomerId>),
    /// A resident.
    Resident(Opaque<ResidentId>),
    /// There is no object: it is null or absent, as it may be when it was deleted (defect [`CARE-10`](crate::defects)).
    Missing {
        /// The kind that it was of, as the server spells it.
        kind: Box<str>,
    },
    /// Something else.
    Other {
        /// The kind as the server spells it.
        kind: Box<str>,
        /// The object as it came.
        value: Personal<Value>,
    },
}

/// An object whose form no document shows: its id, and all of it as it came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Opaque<Id> {
    /// Its id.
    pub id: Id,
    /// All that the server shows, with the id.
    pub object: Personal<Map<String, Value>>,
}

impl<Id: for<'de> Deserialize<'de>> Opaque<Id> {
    fn read(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let id = Id::deserialize(object.get("id")?).ok()?;
        Some(Self { id, object: Personal(object.clone()) })
    }
}

impl ContentObject {
    /// Reads the object of a provider: its kind and its content stand beside each other, defects `CARE-07` and
    /// `CARE-08`.
    pub(super) fn read(kind: &str, raw: Option<&RawValue>) -> Self {
        let Some(raw) = raw.map(RawValue::get).filter(|raw| *raw != "null") else {
            return Self::Missing { kind: kind.into() };
        };
        let known = match kind {
            SITE => json::read(raw.as_bytes()).ok().map(|site| Self::Site(Box::new(site))),
            CUSTOMER => object(raw).as_ref().and_then(Opaque::read).map(Self::Customer),
            RESIDENT => object(raw).as_ref().and_then(Opaque::read).map(Self::Resident),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Other {
            kind: kind.into(),
            value: Personal(object(raw).unwrap_or_else(|| Value::from(raw))),
        })
    }

    /// The kind as the server spells it.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Site(_) => SITE,
            Self::Customer(_) => CUSTOMER,
            Self::Resident(_) => RESIDENT,
            Self::Missing { kind } | Self::Other { kind, .. } => kind,
        }
    }

    /// What a request that creates such a provider has to say: the kind and the object's id, whatever else the object
    /// holds. An id that stands in the object's place is taken for it, as a number, as text, or at the end of a link.
    #[must_use]
    pub fn target(&self) -> Target {
        match self {
            Self::Site(site) => Target::Site(site.id),
            Self::Customer(customer) => Target::Customer(customer.id),
            Self::Resident(resident) => Target::Resident(resident.id),
            Self::Missing { kind } => Target::new(kind, None),
            Self::Other { kind, value } => Target::new(kind, id(value)),
        }
    }
}

fn object(raw: &str) -> Option<Value> {
    serde_json::from_str(raw).ok()
}

/// The id that an object of no documented form shows (defect `CARE-09`): within it, or in its place as a number or a
/// link.
fn id(object: &Value) -> Option<u64> {
    let id = object.get("id").unwrap_or(object);
    // Ids of all kinds are read alike.
    SiteId::deserialize(id).ok().map(SiteId::get).or_else(|| {
        let (_, last) = id.as_str()?.split(['?', '#']).next()?.trim_end_matches('/').rsplit_once('/')?;
        last.parse().ok()
    })
}

/// The object alone; the kind stands beside it.
impl Serialize for ContentObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Site(site) => site.serialize(serializer),
            Self::Customer(Opaque { object, .. }) | Self::Resident(Opaque { object, .. }) => {
                object.serialize(serializer)
            }
            Self::Missing { .. } => serializer.serialize_none(),
            Self::Other { value, .. } => value.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SiteId;

    fn read(kind: &str, json: &str) -> ContentObject {
        ContentObject::read(kind, Some(&RawValue::from_string(json.to_owned()).unwrap()))
    }

    #[test]
    fn objects_without_a_documented_form_keep_all_they_have() {
        // CARE-09
        let json = r#"{"id":2,"name":"Example Homes","sites":[5]}"#;
        let customer = read("customer", json);
        let ContentObject::Customer(opaque) = &customer else { panic!("{customer:?}") };
        assert_eq!((opaque.id, &opaque.object["sites"]), (CustomerId(2), &serde_json::json!([5])));
        assert_eq!(serde_json::to_value(&customer).unwrap(), serde_json::from_str::<Value>(json).unwrap());
        assert_eq!(read("resident", r#"{"id":"7"}"#).target(), Target::Resident(ResidentId(7)));
        assert!(!format!("{customer:?}").contains("Example"));
    }

    #[test]
    fn a_kind_that_is_not_known_or_has_another_form_is_kept() {
        // CARE-07, CARE-08, CARE-10
        let block = read("block", r#"{"id":3}"#);
        assert_eq!((block.kind(), block.target()), ("block", Target::Other { kind: "block".into(), id: Some(3) }));
        let bare = read("site", r#"{"id":5,"name":"Acacia Avenue"}"#);
        assert!(matches!(bare, ContentObject::Other { .. }), "{bare:?}");
        assert_eq!(bare.target(), Target::Site(SiteId(5)));
        for shown in [
            "5",
            r#""5""#,
            r#"{"id":"5"}"#,
            r#"{"id":"/v2/site/5"}"#,
            r#""https://example.com/v2/site/5""#,
            r#""https://example.com/v2/site/5/?format=json""#,
        ] {
            assert_eq!(read("site", shown).target(), Target::Site(SiteId(5)), "{shown}");
            assert_eq!(read("customer", shown).target(), Target::Customer(CustomerId(5)), "{shown}");
        }
        for odd in
            ["[]", "{}", "true", "-5", r#"{"id":null}"#, r#"{"uuid":"5"}"#, r#""Acacia Avenue""#, r#""/site/x/""#]
        {
            let target = read("site", odd).target();
            assert_eq!(target, Target::Other { kind: "site".into(), id: None }, "{odd}");
        }
        for gone in [ContentObject::read("site", None), read("site", "null")] {
            assert_eq!(gone, ContentObject::Missing { kind: "site".into() });
            assert_eq!(serde_json::to_string(&gone).unwrap(), "null");
        }
    }
}
