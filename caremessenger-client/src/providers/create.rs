//! Creating a provider: what is sent, and which answers are read.

use super::{
    AssistanceProvider, EmptyLists, FIELDS, NewAssistanceProvider, NewEmailNotifier, NewWebhookNotifier, check,
};
use crate::documents::ASSISTANCE;
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use serde::Serialize;

/// The attributes as they are documented: strict JSON, whatever the examples look like (defects `CARE-01` and
/// `CARE-03`), and nothing for push notifications (`CARE-20`).
#[derive(Serialize)]
struct Body<'a> {
    name: &'a str,
    label: &'a str,
    /// In an answer both are called otherwise: defects `CARE-07` and `CARE-08`.
    content_type: &'a str,
    /// A number without a comment: defects `CARE-02` and `CARE-04`.
    object_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_notifiers: Option<&'a [NewEmailNotifier]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_notifiers: Option<&'a [NewWebhookNotifier]>,
}

/// A list, unless it is empty and such are left out.
fn list<T>(lists: EmptyLists, list: &[T]) -> Option<&[T]> {
    (lists == EmptyLists::Send || !list.is_empty()).then_some(list)
}

impl Endpoint for NewAssistanceProvider {
    type Output = AssistanceProvider;

    // CARE-24: nothing keeps the server from making it twice.
    const OPERATION: &'static Operation =
        &Operation::new("caremessenger.assistance_providers.create", "/assistance-provider", Safety::Once, ASSISTANCE);

    fn parts(&self) -> Result<RequestParts, Error> {
        check::provider(self)?;
        RequestParts::post(["assistance-provider"]).json(&Body {
            name: &self.name,
            label: &self.label,
            content_type: self.target.kind(),
            object_id: self.target.object_id(),
            email_notifiers: list(self.empty_lists, &self.emails),
            webhook_notifiers: list(self.empty_lists, &self.webhooks),
        })
    }

    /// Any success will do, for none is documented (defect `CARE-22`), with strict JSON alone (defect `CARE-05`).
    fn decode(&self, response: &RawResponse) -> Result<AssistanceProvider, DecodeError> {
        response.json_with(FIELDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CustomerId, ResidentId, SiteId};
    use care_client_core::Kind;
    use serde_json::{Value, json};

    fn body(new: &NewAssistanceProvider) -> Value {
        let parts = new.parts().unwrap();
        assert_eq!((parts.method().as_str(), parts.path().join("/")), ("POST", "assistance-provider".to_owned()));
        serde_json::from_slice(parts.body_bytes()).unwrap()
    }

    fn site() -> NewAssistanceProvider {
        NewAssistanceProvider::for_site(SiteId(5), "a", "b")
    }

    #[test]
    fn each_target_is_two_keys_and_an_empty_list_is_left_out() {
        // CARE-23
        let mail = json!([{"name": "c", "email": "c@example.com"}]);
        assert_eq!(
            body(&site().email("c", "c@example.com")),
            json!({"name": "a", "label": "b", "content_type": "site", "object_id": 5, "email_notifiers": mail})
        );
        let customer =
            NewAssistanceProvider::for_customer(CustomerId(2), "a", "b").webhook("d", "https://example.com/d");
        let hook = json!([{"name": "d", "url": "https://example.com/d"}]);
        assert_eq!(
            body(&customer),
            json!({"name": "a", "label": "b", "content_type": "customer", "object_id": 2, "webhook_notifiers": hook})
        );
        assert_eq!(body(&customer.with_empty_lists(EmptyLists::Send))["email_notifiers"], json!([]));
    }

    #[test]
    fn a_resident_has_to_be_asked_for_by_a_long_name() {
        // CARE-19
        let resident = NewAssistanceProvider::for_resident_not_yet_implemented(ResidentId(7), "a", "b");
        let sent = body(&resident.email("c", "c@example.com"));
        assert_eq!((&sent["content_type"], &sent["object_id"]), (&json!("resident"), &json!(7)));
    }

    #[test]
    fn nobody_to_reach_is_refused_unless_it_was_said() {
        let error = site().parts().unwrap_err();
        assert_eq!(error.kind(), Kind::Request);
        assert!(error.to_string().contains("without_notifiers()"), "{error}");
        let keys = body(&site().without_notifiers());
        assert_eq!(keys, json!({"name": "a", "label": "b", "content_type": "site", "object_id": 5}));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let good = || site().email("c", "c@example.com");
        for (new, says) in [
            (NewAssistanceProvider::for_site(5, " ", "b").without_notifiers(), "name is blank"),
            (NewAssistanceProvider::for_site(5, "a", "\t").without_notifiers(), "label is blank"),
            (good().email("", "d@example.com"), "name of a notifier"),
            (good().email("d", "d.example.com"), "name@example.com"),
            (good().email("d", "c@EXAMPLE.com"), "twice"),
            (good().webhook(" ", "https://example.com"), "name of a notifier"),
            (good().webhook("d", "example.com"), "https://host/path"),
            (good().webhook("d", "https://example.com/d").webhook("e", "HTTPS://Example.com:443/d"), "twice"),
        ] {
            let error = new.parts().unwrap_err();
            assert_eq!(error.kind(), Kind::Request);
            assert!(error.to_string().contains(says), "{error}");
        }
    }
}
