//! Reading a callout.
//!
//! Written by hand for three reasons: keys that no document names are kept without the buffering of serde's `flatten`,
//! a wrapper around the callout is seen through, and keys are never copied.

use super::{Callout, CalloutStatus};
use crate::ids::CalloutId;
use care_client_core::wire::{or_empty, timestamp};
use chrono::{DateTime, Utc};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::{borrow::Cow, fmt};

impl<'de> Deserialize<'de> for Callout {
    /// Reads `{…}` and `{"callout": {…}, "message"?: …}` alike: the guide's prose has `callout.id`, its examples are
    /// bare (defect AURA-23).
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(CalloutVisitor { may_be_wrapped: true })
    }
}

/// A callout inside a wrapper.
struct Wrapped(Box<Callout>);

impl<'de> Deserialize<'de> for Wrapped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(CalloutVisitor { may_be_wrapped: false }).map(|callout| Self(Box::new(callout)))
    }
}

struct CalloutVisitor {
    may_be_wrapped: bool,
}

impl<'de> Visitor<'de> for CalloutVisitor {
    type Value = Callout;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a callout")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Callout, A::Error> {
        let mut id = None;
        let mut status = None;
        let mut wrapped = None;
        let mut callout = Callout::bare(CalloutId::from(0), CalloutStatus::Created);
        while let Some(Key(key)) = map.next_key()? {
            match &*key {
                "id" => id = Some(map.next_value()?),
                "status" => status = Some(map.next_value()?),
                // Behind an `id` the key is no wrapper but one that no document names.
                "callout" if self.may_be_wrapped && id.is_none() => wrapped = map.next_value::<Option<Wrapped>>()?,
                _ => read(key, &mut map, &mut callout)?,
            }
        }
        if let (None, Some(Wrapped(inner))) = (id, wrapped) {
            return Ok(merge(*inner, callout));
        }
        callout.id = id.ok_or_else(|| A::Error::missing_field("id"))?;
        callout.status = status.ok_or_else(|| A::Error::missing_field("status"))?;
        Ok(callout)
    }
}

/// The callout in a wrapper, with what only the wrapper has: events and a route may stand beside the callout, for their
/// places aren't shown (defects AURA-04 and AURA-37).
fn merge(mut inner: Callout, mut outer: Callout) -> Callout {
    outer.undocumented.remove("message");
    if inner.events.is_empty() {
        inner.events = outer.events;
    }
    for (key, value) in outer.undocumented.into_inner() {
        inner.undocumented.entry(key).or_insert(value);
    }
    inner
}

/// Reads the value of one key other than `id` and `status`. The keys follow no one rule: defect AURA-22.
fn read<'de, A: MapAccess<'de>>(key: Cow<'de, str>, map: &mut A, to: &mut Callout) -> Result<(), A::Error> {
    match &*key {
        "calloutClassificationId" => to.classification_id = map.next_value()?,
        "cancelledByCustomer" => to.cancelled_by_customer = map.next_value()?,
        "verified" => to.verified = map.next_value()?,
        "verifiedBy" => to.verified_by = map.next_value()?,
        "verifiedAt" => to.verified_at = map.next_value::<When>()?.0,
        "resolvedAt" => to.resolved_at = map.next_value::<When>()?.0,
        "loggedAt" => to.logged_at = map.next_value::<When>()?.0,
        "createdAt" => to.created_at = map.next_value::<When>()?.0,
        "updatedAt" => to.updated_at = map.next_value::<When>()?.0,
        "lastUpdatedBy" => to.last_updated_by = map.next_value()?,
        "lastUpdatedByClientId" => to.last_updated_by_client_id = map.next_value()?,
        "source" => to.source = map.next_value()?,
        "dispatchRequired" => to.dispatch_required = map.next_value()?,
        "acknowledged" => to.acknowledged = map.next_value()?,
        "firstAcknowledgedBy" => to.first_acknowledged_by = map.next_value()?,
        "firstAcknowledgedAt" => to.first_acknowledged_at = map.next_value::<When>()?.0,
        "owned" => to.owned = map.next_value()?,
        "ownedBy" => to.owned_by = map.next_value()?,
        "ownedAt" => to.owned_at = map.next_value::<When>()?.0,
        "messageId" => to.message_id = map.next_value()?,
        "customerId" => to.customer_id = map.next_value()?,
        "responseTypeId" => to.response_type_id = map.next_value()?,
        "calloutResponderInRanges" => to.responders_in_range = map.next_value::<Many<_>>()?.0,
        "calloutincidentdetail" => to.incident_detail = map.next_value()?,
        "customer" => to.customer = map.next_value()?,
        "customerNumberPhoneds" => to.numbers_phoned = map.next_value::<Many<_>>()?.0,
        "calloutlocations" => to.locations = map.next_value::<Many<_>>()?.0,
        "calloutResponseEta" => to.response_etas = map.next_value::<Many<_>>()?.0,
        "location" => to.location = map.next_value()?,
        "distance" => to.distance = map.next_value()?,
        "uniqueSuppliersInRange" => to.suppliers_in_range = map.next_value::<Many<_>>()?.0,
        "calloutEvents" => to.events = map.next_value::<Many<_>>()?.0,
        _ => drop(to.undocumented.insert(key.into_owned(), map.next_value()?)),
    }
    Ok(())
}

/// A date, or none.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct When(#[serde(with = "timestamp::option")] Option<DateTime<Utc>>);

/// An array, or none.
#[derive(serde::Deserialize)]
#[serde(transparent, bound = "T: Deserialize<'de>")]
struct Many<T>(#[serde(deserialize_with = "or_empty")] Vec<T>);

/// A key, borrowed from the document unless it holds an escape.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }

    fn visit_string<E: Error>(self, key: String) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use care_client_core::wire::json;

    #[test]
    fn a_key_named_callout_is_no_wrapper_where_the_document_has_an_id() {
        let text = r#"{"id":570,"callout":{"id":1,"status":"closed"},"status":"created","message":"kept"}"#;
        let callout: Callout = json::read(text.as_bytes()).unwrap();
        assert_eq!((callout.id.get(), callout.status.as_str()), (570, "created"));
        assert_eq!(
            callout.route().map(|keys| keys.keys().map(String::as_str).collect()),
            Some(vec!["callout", "message"])
        );
        let text = r#"{"callout":{"id":1,"status":"closed"},"id":570,"status":"created"}"#;
        assert_eq!(json::read::<Callout>(text.as_bytes()).unwrap().id.get(), 570);
    }

    #[test]
    fn id_and_status_are_all_that_is_required() {
        let callout: Callout = json::read(br#"{"status":"closed","id":"570"}"#).unwrap();
        assert_eq!((callout.id.get(), callout.events.len(), callout.locations.len()), (570, 0, 0));
        for (text, path, field) in [
            (r#"{"status":"created"}"#, "", "missing field `id`"),
            (r#"{"id":570}"#, "", "missing field `status`"),
            (r#"{"callout":{"id":570}}"#, "callout", "missing field `status`"),
            ("{}", "", "missing field `id`"),
            (r#"{"callout":null}"#, "", "missing field `id`"),
            (r#"{"id":570,"status":null}"#, "status", "expected text"),
            ("[]", "", "expected a callout"),
        ] {
            let error = json::read::<Callout>(text.as_bytes()).unwrap_err();
            assert!(error.path() == path && error.what().contains(field), "{text}: {error}");
        }
    }
}
