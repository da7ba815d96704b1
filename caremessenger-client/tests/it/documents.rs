//! The documents: fixtures are sound, decoding loses none of their values, each defect has a test, and what is misspelt
//! is in no name of this crate.

use crate::support::mock_server::fixture;
use care_testkit::{
    defects::Catalogue,
    fixtures::Fixtures,
    json_leaves::{leaves, lost},
};
use caremessenger_client::{
    AssistanceProvider, Call, CareMessenger, CustomerId, NewAssistanceProvider, ResidentId, SignedIn, SiteId,
};
use serde_json::{Value, json};

fn fixtures() -> Fixtures {
    Fixtures::of(env!("CARGO_MANIFEST_DIR"))
}

care_testkit::fixture_tests!(fixtures());

#[test]
fn documents_are_strict_json() {
    // CARE-01, CARE-02, CARE-03, CARE-04, CARE-05: each comment and each missing comma is repaired by hand.
    for file in fixtures().files() {
        assert!(fixtures().json(&file).is_object(), "{file}");
    }
}

#[test]
fn addresses_keep_the_mark_that_comments_begin_with() {
    // CARE-06
    let url = &fixtures().json("create-customer-request.json")["webhook_notifiers"][0]["url"];
    assert_eq!(url, "https://example.com/webhooks/assistance-requests");
}

care_testkit::defect_tests!("CARE", caremessenger_client::defects::ALL, caremessenger_client::defects::find);

#[test]
fn misspelt_words_of_the_documents_are_only_quoted() {
    // CARE-17, CARE-18: and the values of the examples are invented ones.
    let words = ["notiifcations", "obect", "assiciate", "assitance", "respone", "montitoring"];
    let catalogue = Catalogue::of(env!("CARGO_MANIFEST_DIR"), "CARE", caremessenger_client::defects::ALL);
    catalogue.misspelt_words_are_only_quoted(&words, &[]);
    for file in Fixtures::of(env!("CARGO_MANIFEST_DIR")).files() {
        let text = Fixtures::of(env!("CARGO_MANIFEST_DIR")).text(&file).to_lowercase();
        assert!(!words.iter().any(|word| text.contains(word)), "{file}");
    }
}

#[test]
fn nothing_is_sent_for_push_notifications() {
    // CARE-19, CARE-20
    let care = CareMessenger::builder().token("abc").build().unwrap();
    let keys = ["name", "label", "content_type", "object_id", "email_notifiers", "webhook_notifiers"];
    for new in [
        NewAssistanceProvider::for_customer(CustomerId(2), "a", "b"),
        NewAssistanceProvider::for_site(SiteId(5), "a", "b"),
        NewAssistanceProvider::for_resident_not_yet_implemented(ResidentId(7), "a", "b"),
    ] {
        let new = new.email("c", "c@example.com").webhook("d", "https://example.com/d");
        let call: Call<_> = care.assistance_providers().create(new);
        let body: Value = serde_json::from_slice(call.parts().unwrap().body_bytes()).unwrap();
        let sent: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
        let mut wanted = keys;
        wanted.sort_unstable();
        assert_eq!(sent, wanted);
    }
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
