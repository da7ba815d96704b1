//! Every documented state of an intervention can be reached, and has the documented shape.

use crate::support::{
    documents,
    documents::texts,
    engagement::{bare, done, fixture, request, send},
};
use care_emulators::engagement::{AGENT_ID, Controller, Emulator, NewAgent, NewContent, SOURCE_ID};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

/// The keys whose values depend on the state and not on the data.
const DECIDED: [&str; 19] = [
    "closed",
    "closed_at",
    "deferred_at",
    "status",
    "comments_count",
    "user_replies_count",
    "first_user_reply_in",
    "first_user_reply_in_bh",
    "last_user_reply_in",
    "last_user_reply_in_bh",
    "user_reply_in_average",
    "user_reply_in_average_bh",
    "user_reply_in_average_count",
    "identity_group_id",
    "count",
    "offset",
    "limit",
    "error",
    "records",
];

/// The kind of a value: an id, a time, or its JSON type.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() => "count",
        Value::Number(_) => "number",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
        Value::String(text) if is_time(text) => "time",
        Value::String(text)
            if text.len() == 24 && text.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)) =>
        {
            "id"
        }
        Value::String(_) => "text",
    }
}

fn is_time(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00T00:00:00Z"
}

fn keys(value: &Value) -> BTreeSet<&String> {
    value.as_object().map(|object| object.keys().collect()).unwrap_or_default()
}

/// Forbidden differences between a response and a documented example: keys, kinds and lengths at every depth, and
/// values that depend on the state. The example shows only a part of the records of a list.
fn differences(response: &Value, example: &Value, at: &str, found: &mut Vec<String>) {
    let part = at.ends_with("/records/0");
    let same_keys = if part { keys(response).is_superset(&keys(example)) } else { keys(response) == keys(example) };
    let decided = DECIDED.iter().any(|key| at.ends_with(&format!("/{key}"))) && !at.ends_with("/records");
    if kind(response) != kind(example) || !same_keys || decided && response != example {
        found.push(format!("{at} is {response}, documented is {example}"));
        return;
    }
    for (key, theirs) in example.as_object().into_iter().flatten() {
        differences(&response[key], theirs, &format!("{at}/{key}"), found);
    }
    let [ours, theirs] = [response, example].map(|value| value.as_array().map(Vec::as_slice).unwrap_or_default());
    if ours.len() != theirs.len() && !at.ends_with("/records") {
        found.push(format!("{at} has {} elements, documented are {}", ours.len(), theirs.len()));
    }
    for (n, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        differences(ours, theirs, &format!("{at}/{n}"), found);
    }
}

/// The relations between the values of one intervention.
fn relations(intervention: &Value) -> Vec<(&'static str, bool)> {
    let time = |key: &str| intervention[key].as_str().and_then(|text| text.parse::<DateTime<Utc>>().ok());
    let since_creation =
        time("updated_at").zip(time("created_at")).map(|(later, sooner)| (later - sooner).num_seconds());
    let same = |a: &str, b: &str| intervention[a] == intervention[b];
    vec![
        ("updated by the last reply", since_creation == intervention["last_user_reply_in"].as_i64()),
        ("every reply answers", same("user_reply_in_average_count", "user_replies_count")),
        ("the first reply is another content", !same("first_user_reply_id", "content_id")),
        ("business hours at the first", same("first_user_reply_in", "first_user_reply_in_bh")),
        ("business hours at the last", same("last_user_reply_in", "last_user_reply_in_bh")),
        ("business hours on the average", same("user_reply_in_average", "user_reply_in_average_bh")),
        ("thread, content and identity differ", !same("thread_id", "content_id") && !same("content_id", "identity_id")),
    ]
}

fn assert_documented(response: &Value, name: &str) {
    let example = fixture(name);
    let mut found = Vec::new();
    differences(response, &example, "", &mut found);
    assert!(found.is_empty(), "{name}: {found:#?}");
    if name == "intervention" {
        assert_eq!(relations(response), relations(&example));
    }
}

/// Two conversations with different data, and the agents who open an intervention on them.
fn two(controller: &Controller) -> [(NewContent, String); 2] {
    let source = controller.add_source();
    let other = controller.add_agent(NewAgent::new());
    for agent in [AGENT_ID, &other] {
        controller.allow_read(agent, &source).unwrap();
    }
    let second =
        NewContent::new().source(source).thread("0123456789abcdef01234567").identity("89abcdef0123456701234567");
    [(NewContent::new(), AGENT_ID.to_owned()), (second, other)]
}

#[tokio::test]
async fn an_intervention_reaches_the_documented_state() {
    let emulator = Emulator::start().await.unwrap();
    emulator.clock().freeze();
    let wait = |seconds: u64| emulator.clock().advance(Duration::from_secs(seconds));
    let controller = emulator.controller();
    let fields = [["A%26B", "x", "y"], ["", "%C3%A9", "-"]].map(|[number, first, second]| {
        let topic = "custom_field_values[topics][]";
        format!("custom_field_values[order_number]={number}&{topic}={first}&{topic}={second}")
    });
    for ((content, agent), fields) in two(&controller).into_iter().zip(fields) {
        let first = controller.add_content(content).unwrap();
        let path = format!("/interventions?content_id={first}&impersonated_user_id={agent}");
        let opened = done(&emulator, "POST", &path).await;
        let id = opened["id"].as_str().unwrap();
        wait(52);
        controller.reply(id).unwrap();
        wait(200);
        controller.comment(id).unwrap();
        done(&emulator, "PUT", &format!("/interventions/{id}/update_categories?category_ids[]={SOURCE_ID}")).await;
        done(&emulator, "PUT", &format!("/interventions/{id}?{fields}")).await;
        wait(1735 - 252);
        let [source, thread, identity] =
            ["source_id", "thread_id", "identity_id"].map(|key| opened[key].as_str().unwrap());
        let again = controller.add_content(NewContent::new().source(source).thread(thread).identity(identity));
        wait(2905 - 1735);
        controller.reply(id).unwrap();

        let shown = done(&emulator, "GET", &format!("/interventions/{id}")).await;
        assert_documented(&shown, "intervention");
        assert_eq!((&shown["content_id"], &shown["user_id"]), (&json!(first), &json!(agent)));
        assert_ne!(shown["content_id"], json!(again.unwrap()));
        // Lists and responses to unchanging writes contain the same.
        let list = done(&emulator, "GET", &format!("/interventions?thread_id={thread}")).await;
        assert_eq!(list["records"], json!([shown]));
        assert_eq!(done(&emulator, "PUT", &format!("/interventions/{id}?{fields}")).await, shown);
        assert_eq!(done(&emulator, "PUT", &format!("/interventions/{id}/reassign?user_id={agent}")).await, shown);
    }
}

#[tokio::test]
async fn a_page_in_the_middle_equals_the_documented_one() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    for n in 0..412 {
        let id = controller.open_new();
        controller.reply(&id).unwrap();
        if n < 300 {
            controller.close(&id).unwrap();
        }
    }
    let list = done(&emulator, "GET", "/interventions?limit=150&offset=150").await;
    assert_documented(&list, "list");
    assert_eq!(list["records"].as_array().unwrap().len(), 150);
}

#[tokio::test]
async fn an_error_equals_the_documented_one() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let id = controller.open_new();
    controller.deny_read(AGENT_ID, SOURCE_ID).unwrap();
    for path in [format!("/interventions/{id}"), "/interventions/x".to_owned(), "/nowhere".to_owned()] {
        let (status, error) = send(&emulator, "GET", &path).await;
        assert_documented(&error, "error");
        assert_eq!(error["status"], status);
    }
    let (status, error) = bare("GET", "/interventions").send_for_json(&emulator).await;
    let documented = fixture("error");
    assert_eq!((keys(&error), &error["status"]), (keys(&documented), &json!(status)));
}

#[tokio::test]
async fn all_documented_operations_exist() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let operations = [
        ("DELETE", "/interventions/{interventionId}/cancel", false),
        ("PUT", "/interventions/{interventionId}/update_categories?category_ids[]=a", false),
        ("PUT", "/interventions/{interventionId}/close", true),
        ("POST", "/interventions?content_id={contentId}", false),
        ("GET", "/interventions", false),
        ("GET", "/interventions/{interventionId}", false),
        ("PUT", "/interventions/{interventionId}/reassign?user_id={userId}", false),
    ];
    for (method, path, replied) in operations {
        let (id, content) = (controller.open_new(), controller.add_content(NewContent::new()).unwrap());
        if replied {
            controller.reply(&id).unwrap();
        }
        let path = path.replace("{interventionId}", &id).replace("{contentId}", &content).replace("{userId}", AGENT_ID);
        // Besides its token, a client sends only Accept and Content-Length.
        let response = request(method, &path).header("accept: application/json").send(&emulator).await;
        assert_eq!(response.status, 200, "{method} {path}");
        let shown = response.utf8_json();
        let intervention = if shown["records"].is_array() { &shown["records"][0] } else { &shown };
        assert_eq!(kind(&intervention["id"]), "id", "{method} {path}: {shown}");
    }
}

#[test]
fn the_comparison_finds_differences() {
    let found = |name: &str, key: &str, value: Option<Value>| {
        let example = fixture(name);
        let mut broken = example.clone();
        let (parent, key) = key.rsplit_once('/').unwrap();
        let object = broken.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        match value {
            Some(value) => drop(object.insert(key.to_owned(), value)),
            None => drop(object.remove(key)),
        }
        let mut found = Vec::new();
        differences(&broken, &example, "", &mut found);
        !found.is_empty() || relations(&broken) != relations(&example)
    };
    for (key, value) in [
        ("/id", json!("x")),
        ("/created_at", json!("2024-03-05T09:12:45Z")),
        ("/updated_at", json!("2024-03-05T10:01:09.000Z")),
        ("/closed", json!(true)),
        ("/closed_at", json!("2024-03-05T10:01:09Z")),
        ("/status", json!("Closed")),
        ("/user_replies_count", json!("2")),
        ("/first_user_reply_id", Value::Null),
        ("/last_user_reply_in", json!(2904)),
        ("/user_reply_in_average_bh", json!(610)),
        ("/category_ids", json!([])),
        ("/category_ids", json!([7])),
        ("/custom_field_values/topics", json!("delivery")),
        ("/custom_fields", json!({})),
    ] {
        assert!(found("intervention", key, Some(value)), "{key}");
    }
    for (name, key) in [("intervention", "/survey_id"), ("list", "/pages"), ("error", "/errors")] {
        assert!(found(name, key, Some(json!(1))) && !found(name, key, None), "{key}");
    }
    for (name, key) in [("intervention", "/identity_group_id"), ("list", "/records/0/closed"), ("error", "/message")] {
        assert!(found(name, key, None), "{key}");
    }
    assert!(!found("list", "/records/0/source_id", Some(json!("x"))));
    for (key, value) in [("/count", json!(411)), ("/records/0/closed", json!(false)), ("/limit", json!(30))] {
        assert!(found("list", key, Some(value)), "{key}");
    }
    assert!(found("error", "/error", Some(json!("gone"))) && found("error", "/status", Some(json!("404"))));
}

#[test]
fn the_source_holds_no_text_of_the_fixtures() {
    let mut known = BTreeSet::new();
    for name in ["intervention", "list", "error"] {
        texts(&fixture(name), &mut known);
    }
    let protocol = ["Opened", "not_found"];
    known.retain(|text| !protocol.contains(&text.as_str()));
    assert!(known.len() > 12, "too few texts to look for: {known:?}");
    documents::assert_not_in_the_source(&known);
}
