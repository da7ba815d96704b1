//! Decoding loses no documented value: every leaf of every documented answer is in the decoded value.

use care_testkit::{
    fixtures::Fixtures,
    json_leaves::{leaves, lost},
};
use caremessenger_client::{AssistanceProvider, SignedIn};
use serde_json::{Value, json};

fn fixture(name: &str) -> Value {
    Fixtures::of(env!("CARGO_MANIFEST_DIR")).json(&format!("{name}.json"))
}

/// Every documented answer, and the same decoded and written again.
fn answers() -> Vec<(&'static str, Value, Value)> {
    let created = fixture("created");
    let provider: AssistanceProvider = serde_json::from_value(created.clone()).unwrap();
    let list = fixture("ours/list")["results"].clone();
    let providers: Vec<AssistanceProvider> = serde_json::from_value(list.clone()).unwrap();
    let mut sign_in = fixture("sign-in");
    let signed_in: SignedIn = serde_json::from_value(sign_in.clone()).unwrap();
    // A secret is had by its accessor alone.
    assert_eq!(signed_in.token.expose(), sign_in["token"].as_str().unwrap());
    sign_in["token"] = Value::Null;
    vec![
        ("created", created, json!(provider)),
        ("ours/list", list, json!(providers)),
        ("sign-in", sign_in, json!(signed_in)),
    ]
}

#[test]
fn no_leaf_of_a_documented_answer_is_lost_and_none_is_invented() {
    for (name, documented, decoded) in answers() {
        assert_eq!(lost(&documented, &decoded), Vec::<String>::new(), "{name}");
        assert_eq!(leaves(&decoded).len(), leaves(&documented).len(), "{name}");
    }
}

#[test]
fn the_json_form_is_read_back_as_the_same() {
    let provider: AssistanceProvider = serde_json::from_value(fixture("created")).unwrap();
    let written = serde_json::to_string(&provider).unwrap();
    assert_eq!(serde_json::from_str::<AssistanceProvider>(&written).unwrap(), provider);
    for provider in serde_json::from_value::<Vec<AssistanceProvider>>(fixture("ours/list")["results"].clone()).unwrap()
    {
        let written = serde_json::to_value(&provider).unwrap();
        assert_eq!(serde_json::from_value::<AssistanceProvider>(written).unwrap(), provider);
    }
}

#[test]
fn debug_shows_no_documented_person() {
    let people = ["manager@", "Duty", "support@", "webhooks/", "Alex", "Example", "admin@", "avatar-"];
    let mut shown = String::new();
    for name in ["created", "ours/list", "sign-in"] {
        let answer = fixture(name);
        let rows = answer.get("results").cloned().unwrap_or_else(|| json!([answer]));
        for row in rows.as_array().unwrap() {
            match serde_json::from_value::<AssistanceProvider>(row.clone()) {
                Ok(provider) => {
                    shown += &format!("{provider:?}{:?}{:?}", provider.email_notifiers, provider.webhook_notifiers)
                }
                Err(_) => shown += &format!("{:?}", serde_json::from_value::<SignedIn>(row.clone()).unwrap()),
            }
        }
    }
    assert_eq!(people.iter().find(|person| shown.contains(**person)), None, "{shown}");
}
