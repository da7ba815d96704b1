use crate::counted::counted;
use caremessenger_client::{
    AssistanceProvider, LABEL_LONG, Lint,
    webhook::{Duplicate, Notification},
};

/// Tells which provider it is and whom it reaches, and nothing personal: no name, no label, no address, no URL.
#[must_use]
pub fn provider(provider: &AssistanceProvider) -> String {
    let AssistanceProvider { id, email_notifiers, webhook_notifiers, .. } = provider;
    let mails = counted(email_notifiers.len() as u64, "mail address", "mail addresses");
    let webhooks = match webhook_notifiers {
        Some(webhooks) => counted(webhooks.len() as u64, "webhook", "webhooks"),
        None => "webhooks not shown".to_owned(),
    };
    format!("provider {id} of {}: {mails}, {webhooks}", provider.target())
}

/// Tells what could be wrong with a provider, and what comes of it.
#[must_use]
pub fn lint(lint: Lint) -> String {
    match lint {
        Lint::OnlyWebhook => {
            "no mail address: a receiver that is away for minutes loses the call, and nobody is told".into()
        }
        Lint::PlainHttp => "plain http: who calls for help can be read on the way".into(),
        Lint::PrivateOrLoopbackHost => {
            "a host of this machine or a private network: CareMessenger can't reach it".into()
        }
        Lint::SharedUrl => "two webhooks with one URL: nothing tells which was called".into(),
        Lint::LabelLong { chars } => {
            format!("a label of {chars} characters: a television may cut it after {LABEL_LONG}")
        }
        Lint::NoNotifiers => "neither a mail address nor a webhook: the button reaches nobody".into(),
        other => format!("{other:?}"),
    }
}

/// Tells a call for help, and nothing of who calls: which notifier was called, when, how much was posted, and whether that came
/// before.
#[must_use]
pub fn call(call: &Notification) -> String {
    let Notification { notifier, received_at, body, .. } = call;
    let mark = match call.duplicate {
        Duplicate::No => "",
        Duplicate::Probable => ", probably a repetition",
        Duplicate::Certain => ", certainly a repetition",
        _ => ", with an unknown mark",
    };
    format!("{notifier}: {}, {}{mark}", received_at.format("%F %T UTC"), counted(body.len() as u64, "byte", "bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_provider_is_told_without_anything_that_anybody_wrote() {
        let canary = "canary";
        let mut shown = json!({
            "id": 10, "name": canary, "label": canary, "type": "site", "content_object": {"id": 5, "name": canary},
            "email_notifiers": [{"id": 7, "name": canary, "email": "canary@example.com"}],
            "webhook_notifiers": [{"name": canary, "url": "https://canary.example.com/"}, {"name": canary, "url": canary}],
        });
        let told = |shown: &serde_json::Value| provider(&serde_json::from_value(shown.clone()).unwrap());
        assert_eq!(told(&shown), "provider 10 of site 5: 1 mail address, 2 webhooks");
        shown["webhook_notifiers"] = ().into();
        shown["email_notifiers"] = json!([]);
        assert_eq!(told(&shown), "provider 10 of site 5: 0 mail addresses, webhooks not shown");
    }

    #[test]
    fn a_call_is_told_without_what_was_posted() {
        for (mark, end) in
            [("no", ""), ("probable", ", probably a repetition"), ("certain", ", certainly a repetition")]
        {
            let stored = json!({
                "received_at": "2026-11-28T02:03:04Z", "notifier": "duty desk", "duplicate": mark,
                "headers": [["x-who", {"text": "canary"}]], "body": {"text": "canary"},
            });
            let told = call(&serde_json::from_value(stored).unwrap());
            assert_eq!(told, format!("duty desk: 2026-11-28 02:03:04 UTC, 6 bytes{end}"));
        }
    }
}
