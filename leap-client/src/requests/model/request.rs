use crate::{
    ids::{ExternalId, RequestId},
    requests::model::{
        progress::{State, UnreadableUpdate, Update},
        references::EntityRef,
    },
};
use care_client_core::{Personal, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A support request: what a customer asks for, and its progress.
///
/// Source: Majitek, *Requests Web Services API*, the examples of answers,
/// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SupportRequest {
    /// LEAP's identifier of the request.
    pub identifier: RequestId,
    /// The address of the request; see [`EntityRef::href`].
    #[serde(default)]
    pub href: Option<String>,
    /// The external id of the request.
    #[serde(default)]
    pub extid: Option<ExternalId>,
    /// Since when the request has unacknowledged changes. No example of the lists by topic has it, so `None` proves
    /// nothing there (defect [`LEAP-25`](crate::defects)).
    #[serde(default, with = "timestamp::option")]
    pub unacked_since: Option<DateTime<Utc>>,
    /// The state of the request.
    pub state: State,
    /// The type of the issue.
    #[serde(default)]
    pub topic: Option<EntityRef>,
    /// The subtype of the issue; documented only for a single request, not for lists.
    #[serde(default)]
    pub sub_topic: Option<EntityRef>,
    /// The property that the request is about.
    #[serde(default)]
    pub property: Option<EntityRef>,
    /// The product offer that covers the request.
    #[serde(default)]
    pub purchased_product_offer: Option<EntityRef>,
    /// The name of that offer.
    #[serde(default)]
    pub purchased_product_offer_name: Option<String>,
    /// A short description of the problem, which serves as a title.
    #[serde(default)]
    pub summary: Option<Personal<String>>,
    /// The full description of the problem, exactly as sent, with its line breaks.
    #[serde(default)]
    pub description: Option<Personal<String>>,
    /// When the request was created.
    #[serde(with = "timestamp")]
    pub creation_time: DateTime<Utc>,
    /// When the request last changed.
    #[serde(with = "timestamp")]
    pub last_update_time: DateTime<Utc>,
    /// The display name of its creator.
    #[serde(default)]
    pub creator: Option<Personal<String>>,
    /// The display name of the assigned agent.
    #[serde(default)]
    pub assignee: Option<Personal<String>>,
    /// The community that the request belongs to.
    #[serde(default)]
    pub community: Option<String>,
    /// The mail address that LEAP notifies of changes.
    #[serde(default)]
    pub email: Option<Personal<String>>,
    /// The customer's account.
    #[serde(default)]
    pub account: Option<EntityRef>,
    /// The history in the server's order. `None`: the answer has no history, as in lists. Empty: nothing has happened
    /// yet.
    #[serde(default)]
    pub updates: Option<Vec<Update>>,
    /// What of the history can't be read. Empty in a list, which has no histories.
    #[serde(default)]
    pub unreadable_updates: Vec<UnreadableUpdate>,
}

impl SupportRequest {
    /// Whether the request or one of its updates is unacknowledged. Objects that it refers to, such as a property,
    /// don't count: other services acknowledge those.
    #[must_use]
    pub fn is_unacked(&self) -> bool {
        self.unacked_since.is_some()
            || self.updates.iter().flatten().any(|update| update.unacked_since.is_some())
            || self.has_unreadable_news()
    }

    /// Whether an update that can't be read is unacknowledged.
    pub(crate) fn has_unreadable_news(&self) -> bool {
        self.unreadable_updates.iter().any(|update| update.is_unacked)
    }

    /// The history in the server's order; empty if the answer has none.
    pub(crate) fn listed(&self) -> &[Update] {
        self.updates.as_deref().unwrap_or_default()
    }

    /// The history, oldest update first; updates of the same time stay in the server's order, which is not documented
    /// (defect [`LEAP-40`](crate::defects)). Empty if the answer has no history.
    #[must_use]
    pub fn history(&self) -> Vec<&Update> {
        let mut history: Vec<_> = self.updates.iter().flatten().collect();
        history.sort_by_key(|update| update.update_time);
        history
    }

    /// A hash of everything but the history and the flags, also those of the references.
    ///
    /// It stays the same within one build of a program; the standard library may hash differently in another.
    pub(crate) fn fingerprint(&self) -> u64 {
        let Self {
            identifier,
            href,
            extid,
            unacked_since: _,
            state,
            topic,
            sub_topic,
            property,
            purchased_product_offer,
            purchased_product_offer_name,
            summary,
            description,
            creation_time,
            last_update_time,
            creator,
            assignee,
            community,
            email,
            account,
            updates: _,
            unreadable_updates: _,
        } = self;
        let mut hasher = DefaultHasher::new();
        (identifier, href, extid, state, purchased_product_offer_name, summary, description).hash(&mut hasher);
        (creation_time, last_update_time, creator, assignee, community, email).hash(&mut hasher);
        for reference in [topic, sub_topic, property, purchased_product_offer, account] {
            reference.as_ref().map(EntityRef::names).hash(&mut hasher);
        }
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const TIME: &str = "2011-02-08T22:07:43.000Z";

    /// A request with every field, and each of them differs from every other.
    fn full() -> Value {
        let reference =
            |name: &str| json!({"identifier": name, "href": format!("{name} h"), "extid": format!("{name} e")});
        json!({
            "identifier": "1", "href": "h", "extid": "e", "unacked_since": null, "state": "NEW",
            "topic": reference("a"), "sub_topic": reference("b"), "property": reference("c"),
            "purchased_product_offer": reference("d"), "purchased_product_offer_name": "n", "summary": "s",
            "description": "t", "creation_time": TIME, "last_update_time": TIME, "creator": "u", "assignee": "v",
            "community": "w", "email": "x", "account": reference("f"), "updates": null,
        })
    }

    fn fingerprint(request: &Value) -> u64 {
        serde_json::from_value::<SupportRequest>(request.clone()).unwrap().fingerprint()
    }

    #[test]
    fn a_fingerprint_covers_every_field_but_flags_and_history() {
        let request = full();
        let whole = fingerprint(&request);
        let changed = |at: &str, value: Value| {
            let mut request = request.clone();
            let (parent, field) = at.rsplit_once('/').unwrap();
            request.pointer_mut(parent).unwrap()[field] = value;
            fingerprint(&request)
        };
        for (field, value) in request.as_object().unwrap().iter().filter(|(_, value)| !value.is_null()) {
            let inner = if value.is_object() { &["/identifier", "/href", "/extid"][..] } else { &[""] };
            for at in inner.iter().map(|inner| format!("/{field}{inner}")) {
                let other = if field.ends_with("time") { "2011-02-08T22:07:44Z" } else { "other" };
                assert_ne!(changed(&at, json!(other)), whole, "{at}");
            }
            if value.is_object() {
                assert_eq!(changed(&format!("/{field}/unacked_since"), json!(TIME)), whole, "{field}");
                assert_ne!(changed(&format!("/{field}"), Value::Null), whole, "{field}");
            }
        }
        assert_eq!(changed("/unacked_since", json!(TIME)), whole);
        assert_eq!(changed("/updates", json!([])), whole);
        // A value that moves from one reference to another is a change.
        let mut moved = request.clone();
        moved["property"] = Value::Null;
        let from_property = fingerprint(&moved);
        moved["topic"] = request["property"].clone();
        moved["property"] = request["topic"].clone();
        assert!(![whole, from_property].contains(&fingerprint(&moved)));
    }
}
