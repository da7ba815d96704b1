//! Descriptions of providers and calls without personal data.

use crate::reporter::count_of;
use caremessenger_client::{
    AssistanceProvider, LABEL_LONG, Lint,
    webhook::{Duplicate, Notification},
};

/// Describes a provider and whom it reaches without personal data: no name, label, address or URL.
#[must_use]
pub fn describe_provider(provider: &AssistanceProvider) -> String {
    let AssistanceProvider { id, email_notifiers, webhook_notifiers, .. } = provider;
    let mails = count_of(email_notifiers.len() as u64, "mail address", "mail addresses");
    let webhooks = match webhook_notifiers {
        Some(webhooks) => count_of(webhooks.len() as u64, "webhook", "webhooks"),
        None => "webhooks not shown".to_owned(),
    };
    format!("provider {id} of {}: {mails}, {webhooks}", provider.target())
}

/// Describes a possible mistake in a provider, and its consequence.
#[must_use]
pub fn describe_lint(lint: Lint) -> String {
    match lint {
        Lint::OnlyWebhook => {
            "no mail address: if the receiver is down for minutes, the call is lost without notice".into()
        }
        Lint::PlainHttp => "plain http: others can read who calls for help".into(),
        Lint::PrivateOrLoopbackHost => {
            "a host of this machine or a private network, which CareMessenger can't reach".into()
        }
        Lint::SharedUrl => "two webhooks with the same URL: they can't be distinguished".into(),
        Lint::LabelLong { chars } => {
            format!("a label of {chars} characters: a television may cut it after {LABEL_LONG}")
        }
        Lint::NoNotifiers => "no mail address and no webhook: the button reaches nobody".into(),
        other => format!("{other:?}"),
    }
}

/// Describes a call for help without personal data: notifier, time, size, and whether it is a redelivery.
#[must_use]
pub fn describe_call(call: &Notification) -> String {
    let Notification { notifier, received_at, body, .. } = call;
    let mark = match call.duplicate {
        Duplicate::No => "",
        Duplicate::Probable => ", probably a redelivery",
        Duplicate::Certain => ", certainly a redelivery",
        _ => ", with an unknown mark",
    };
    format!("{notifier}: {}, {}{mark}", received_at.format("%F %T UTC"), count_of(body.len() as u64, "byte", "bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_providers_description_holds_no_personal_data() {
        let canary = "canary";
        let mut shown = json!({
            "id": 10, "name": canary, "label": canary, "type": "site", "content_object": {"id": 5, "name": canary},
            "email_notifiers": [{"id": 7, "name": canary, "email": "canary@example.com"}],
            "webhook_notifiers": [
                {"name": canary, "url": "https://canary.example.com/"},
                {"name": canary, "url": canary},
            ],
        });
        let described = |shown: &serde_json::Value| describe_provider(&serde_json::from_value(shown.clone()).unwrap());
        assert_eq!(described(&shown), "provider 10 of site 5: 1 mail address, 2 webhooks");
        shown["webhook_notifiers"] = ().into();
        shown["email_notifiers"] = json!([]);
        assert_eq!(described(&shown), "provider 10 of site 5: 0 mail addresses, webhooks not shown");
    }

    #[test]
    fn a_calls_description_holds_nothing_of_the_body() {
        for (mark, end) in
            [("no", ""), ("probable", ", probably a redelivery"), ("certain", ", certainly a redelivery")]
        {
            let stored = json!({
                "received_at": "2026-11-28T02:03:04Z", "notifier": "duty desk", "duplicate": mark,
                "headers": [["x-who", {"text": "canary"}]], "body": {"text": "canary"},
            });
            let described = describe_call(&serde_json::from_value(stored).unwrap());
            assert_eq!(described, format!("duty desk: 2026-11-28 02:03:04 UTC, 6 bytes{end}"));
        }
    }
}
