//! Every documented example can be reached, and has the documented shape.

use crate::support::{
    RawRequest,
    caremessenger::{PROVIDERS, at_rest, create, fixture, read},
    documents,
    documents::{differences, texts},
};
use care_emulators::caremessenger::{CUSTOMER_ID, Emulator, SITE_ID};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn is_time(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00T00:00:00.000000Z"
}

/// Whether a value that is neither an object nor a list differs from a documented example.
///
/// JSON types must be equal, and so must flags, nulls and the kind of the object by value. A time, a slug, an email
/// address or an empty string must be one in both. All other values are data, and must differ.
fn differs(at: &str, ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::String(ours), Value::String(theirs)) => {
            let mail = |text: &str| text.contains('@');
            let slug = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            let forms = [is_time, mail, slug, str::is_empty];
            let kind = at.ends_with(".type") && ours != theirs;
            kind || forms.iter().any(|form| form(ours) != form(theirs))
        }
        (Value::Number(ours), Value::Number(theirs)) if ours.is_u64() == theirs.is_u64() => false,
        _ => ours != theirs,
    }
}

/// The relations between a request and its response, as in the documented examples.
fn relations(sent: &Value, response: &Value) -> Vec<(&'static str, bool)> {
    let object = &response["content_object"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let slug = text(&object["name"]).to_lowercase().replace(' ', "-");
    let emails = |of: &Value| -> Vec<_> {
        of["email_notifiers"].as_array().unwrap().iter().map(|to| (to["name"].clone(), to["email"].clone())).collect()
    };
    vec![
        ("name", sent["name"] == response["name"]),
        ("label", sent["label"] == response["label"]),
        ("kind under another key", sent["content_type"] == response["type"]),
        ("id of the object", sent["object_id"] == object["id"]),
        ("emails", emails(sent) == emails(response)),
        ("slug is made of the name", text(&object["slug"]) == slug),
        ("modified is not before created", text(&object["modified"]) >= text(&object["created"])),
        ("no webhook, and no key for it", sent.get("webhook_notifiers").is_none()),
    ]
}

fn assert_documented(sent: &Value, response: &Value) {
    let example = fixture("created");
    let found = differences(response, &example, "created", differs);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(relations(sent, response), relations(&fixture("create-site-request"), &example));
}

#[tokio::test]
async fn creating_a_provider_of_a_site_gets_the_documented_response() {
    let emulator = at_rest(Emulator::builder()).await;
    let sent = fixture("create-site-request");
    let response = create(&emulator, &sent).await;
    assert_documented(&sent, &response);
    assert_eq!((&response["id"], &response["content_object"]["customer"]), (&json!(10), &json!(CUSTOMER_ID)));
    assert_eq!(read(&emulator, &format!("{PROVIDERS}/10")).await, response);
}

#[tokio::test]
async fn a_second_provider_with_other_data_gets_the_same_shape() {
    let emulator = at_rest(Emulator::builder().provider_id(90_210)).await;
    let controller = emulator.controller();
    let customer = controller.add_customer("Second Example Homes");
    let site = controller.add_site(customer, "Larch House").unwrap();
    let sent = json!({
        "name": "Second",
        "label": "Somebody else",
        "content_type": "site",
        "object_id": site,
        "email_notifiers": [{ "name": "Second desk", "email": "second@example.com" }],
    });
    let response = create(&emulator, &sent).await;
    assert_documented(&sent, &response);
    assert_eq!((&response["id"], &response["content_object"]["customer"]), (&json!(90_210), &json!(customer)));
    assert_ne!(site, SITE_ID);
}

#[tokio::test]
async fn the_documented_provider_of_a_customer_is_stored_completely() {
    let emulator = Emulator::start().await.unwrap();
    let sent = fixture("create-customer-request");
    let response = create(&emulator, &sent).await;
    let object = &response["content_object"];
    assert_eq!((&response["type"], &object["id"]), (&sent["content_type"], &sent["object_id"]));
    let provider = emulator.controller().provider(10).unwrap();
    let (to, hook) = (&sent["email_notifiers"][0], &sent["webhook_notifiers"][0]);
    assert_eq!(
        (&*provider.emails[0].name, &*provider.emails[0].email),
        (to["name"].as_str().unwrap(), to["email"].as_str().unwrap())
    );
    assert_eq!(
        (&*provider.webhooks[0].name, &*provider.webhooks[0].url),
        (hook["name"].as_str().unwrap(), hook["url"].as_str().unwrap())
    );
    assert_eq!(response["webhook_notifiers"][0]["url"], hook["url"]);
}

fn keys_and_types(value: &Value) -> Vec<(String, &'static str)> {
    let kind = |value: &Value| match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(text) if is_time(text) => "time",
        Value::String(text) if text.starts_with("http") => "address",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    value.as_object().unwrap().iter().map(|(key, value)| (key.clone(), kind(value))).collect()
}

fn documented(pairs: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    let mut pairs: Vec<_> = pairs.iter().map(|(key, kind)| ((*key).to_owned(), *kind)).collect();
    pairs.sort();
    pairs
}

#[tokio::test]
async fn a_sign_in_returns_a_token_and_the_documented_account() {
    let emulator = at_rest(Emulator::builder()).await;
    let credentials = json!({ "username": emulator.username(), "password": emulator.password() });
    let response = RawRequest::post("/api-token-auth/", &credentials).send(&emulator).await.json();
    assert_eq!(keys_and_types(&response), documented(&[("token", "text"), ("user", "object")]));
    let account = [
        ("id", "number"),
        ("online", "boolean"),
        ("user_type", "text"),
        ("username", "text"),
        ("email", "text"),
        ("slug", "text"),
        ("first_name", "text"),
        ("last_name", "text"),
        ("is_active", "boolean"),
        ("date_joined", "time"),
        ("locale", "text"),
        ("time_zone", "text"),
        ("avatar", "address"),
        ("avatar_original", "address"),
        ("avatar_thumb", "address"),
        ("avatar_large", "address"),
    ];
    assert_eq!(keys_and_types(&response["user"]), documented(&account));
    assert_eq!(
        (&response["user"]["locale"], &response["user"]["time_zone"]),
        (&json!("en-GB"), &json!("Europe/London"))
    );
}

#[tokio::test]
async fn a_list_has_the_documented_envelope() {
    let emulator = Emulator::builder().page_size(1).start().await.unwrap();
    create(&emulator, &fixture("create-site-request")).await;
    create(&emulator, &fixture("create-customer-request")).await;
    for (page, next, previous) in [(1, "address", "null"), (2, "null", "address")] {
        let list = read(&emulator, &format!("{PROVIDERS}?page={page}")).await;
        let envelope = [("count", "number"), ("next", next), ("previous", previous), ("results", "list")];
        assert_eq!(keys_and_types(&list), documented(&envelope));
        assert_eq!((&list["count"], list["results"].as_array().unwrap().len()), (&json!(2), 1));
    }
}

/// The documented names, sorted.
const RESOURCES: [&str; 23] = [
    "assistance-provider",
    "assistance-request",
    "assistance-request-status",
    "customer",
    "customer-admin",
    "message-image",
    "message-recipient",
    "message-set",
    "message-video",
    "mobile-device",
    "pusher-log",
    "resident",
    "scheduled-message-set",
    "scheduled-message-set-rule",
    "set-top-box",
    "set-top-box-log",
    "site",
    "staff",
    "supporter",
    "supporter-resident-association",
    "user",
    "webhook",
    "webhook-log",
];

#[tokio::test]
async fn the_root_lists_all_resources_with_links_that_lead_elsewhere() {
    let emulator = Emulator::start().await.unwrap();
    let root = read(&emulator, "/v2?format=json").await;
    let root = root.as_object().unwrap();
    let names: Vec<_> = root.keys().map(String::as_str).collect();
    assert_eq!(names, RESOURCES);
    for (name, address) in root {
        let path = if name == "resident" { "resident-temp" } else { name };
        assert_eq!(address, &format!("http://10.0.0.7:8000/v2/{path}"));
        assert!(read(&emulator, &format!("/v2/{path}")).await["results"].is_array());
    }
    assert_eq!(crate::support::caremessenger::get(&emulator, "/v2/resident").await.status, 404);
}

#[test]
fn the_comparison_finds_differences() {
    let (sent, example) = (fixture("create-site-request"), fixture("created"));
    let found = |change: &dyn Fn(&mut Value)| {
        let mut broken = example.clone();
        change(&mut broken);
        let found = differences(&broken, &example, "", differs);
        !found.is_empty() || relations(&sent, &broken) != relations(&sent, &example)
    };
    assert!(!found(&|_| ()));
    let remove = |value: &mut Value, key: &str| drop(value.as_object_mut().unwrap().remove(key));
    let changes: [&dyn Fn(&mut Value); 14] = [
        &|response| response["type"] = json!("customer"),
        &|response| response["id"] = json!("10"),
        &|response| response["label"] = json!("Somebody"),
        &|response| response["webhook_notifiers"] = json!([]),
        &|response| response["object_id"] = json!(5),
        &|response| response["content_object"]["id"] = json!(6),
        &|response| response["content_object"]["slug"] = json!("Acacia Avenue"),
        &|response| response["content_object"]["lat"] = json!("51.5"),
        &|response| response["content_object"]["is_active"] = json!(false),
        &|response| response["content_object"]["created"] = json!("2013-11-08T17:00:04Z"),
        &|response| response["content_object"]["modified"] = json!("2013-11-08T17:00:04.734596Z"),
        &|response| response["email_notifiers"][0]["email"] = json!("other@example.com"),
        &|response| response["email_notifiers"] = json!([]),
        &|response| remove(&mut response["email_notifiers"][0], "id"),
    ];
    for (n, change) in changes.into_iter().enumerate() {
        assert!(found(change), "change {n} isn't found");
    }
}

#[test]
fn the_source_holds_no_text_of_the_fixtures() {
    let mut known = BTreeSet::new();
    for file in ["create-customer-request", "create-site-request", "created"] {
        texts(&fixture(file), &mut known);
    }
    known.retain(|text| !["customer", "site"].contains(&text.as_str()));
    assert!(known.len() > 9, "too few texts to look for: {known:?}");
    documents::assert_not_in_the_source(&known);
}
