//! The documented requests of the appointment module get the documented responses, and other data get the same shapes.

use crate::support::{
    RawRequest, RawResponse, documents,
    newfies::{ROOT, WALK, basic, event, fixture, id_in, link, make, read, request, send, setting, with},
};
use care_emulators::newfies::{Emulator, Generation, NewUser};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn is_hash(text: &str) -> bool {
    let parts: Vec<_> = text.split('$').collect();
    parts.len() == 4 && parts[0] == "pbkdf2_sha256" && parts[2].len() == 12 && parts[3].len() == 44
}

/// A body without random values.
fn unsalted(mut body: Value) -> Value {
    if let Some(hash) = body.get_mut("password") {
        assert!(is_hash(hash.as_str().unwrap()), "{hash}");
        *hash = json!("hash");
    }
    body
}

/// Sends one step of the walk as documented.
async fn step(emulator: &Emulator, (name, method, path, host, ..): crate::support::newfies::Step) -> RawResponse {
    let request = RawRequest::new(method, format!("{ROOT}{path}"))
        .header(format!("host: {host}"))
        .header(basic(emulator.username(), emulator.password()));
    let request = match fixture(&format!("{name}-request")) {
        Some(body) => request.header("content-type: application/json").body(body.to_string()),
        None => request.header("accept: application/json"),
    };
    request.send(emulator).await
}

#[tokio::test]
async fn the_documented_requests_get_the_documented_answers() {
    let emulator = Emulator::builder().documented_2013().start().await.unwrap();
    for documented in WALK {
        let (name, _, _, _, status, allow) = documented;
        let response = step(&emulator, documented).await;
        assert_eq!(response.status, status, "{name}");
        let expected = unsalted(fixture(&format!("{name}-response")).unwrap());
        let body = unsalted(response.object());
        assert_eq!(body, expected, "{name}");

        assert_eq!(response.header("allow"), Some(allow), "{name}");
        assert_eq!(response.header("vary"), Some("Accept, Accept-Language, Cookie"), "{name}");
        assert_eq!(response.header("content-language"), Some("en"), "{name}");
        let location = if status == 201 { expected["url"].as_str() } else { None };
        assert_eq!(response.header("location"), location, "{name}");
        let is_action = path_is_action(documented.2);
        let kind = if is_action { "application/json" } else { "application/json; charset=utf-8" };
        assert_eq!(response.header("content-type"), Some(kind), "{name}");
        let cookie = response.header("set-cookie");
        assert_eq!(cookie.is_some(), is_action, "{name}");
        for part in ["sessionid=", "; expires=", "; httponly; Max-Age=1209600; Path=/"] {
            assert!(cookie.is_none_or(|cookie| cookie.contains(part)), "{cookie:?}");
        }
    }
}

fn path_is_action(path: &str) -> bool {
    path.split('/').count() > 4
}

#[tokio::test]
async fn a_cookie_of_the_documented_call_expires_when_it_does() {
    let emulator = Emulator::builder().documented_2013().start().await.unwrap();
    let response = step(&emulator, WALK[5]).await;
    let cookie = response.header("set-cookie").unwrap();
    assert!(cookie.contains("; expires=Thu, 02-Jan-2014 16:37:22 GMT;"), "{cookie}");
}

/// Differences of keys and types, and of values that depend on the state: numbers as strings, nulls and booleans.
fn differences(response: &Value, example: &Value, at: &str, found: &mut Vec<String>) {
    match (response, example) {
        (Value::Object(ours), Value::Object(theirs)) => {
            // Keys such as `event-5` contain an id.
            let plain = |key: &String| key.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
            let keys = |object: &serde_json::Map<String, Value>| object.keys().map(plain).collect::<BTreeSet<_>>();
            if keys(ours) != keys(theirs) {
                found.push(format!("{at} has {:?}, documented are {:?}", keys(ours), keys(theirs)));
                return;
            }
            for (key, ours) in ours {
                let theirs = theirs.iter().find(|(other, _)| plain(key) == plain(other)).unwrap().1;
                differences(ours, theirs, &format!("{at}/{key}"), found);
            }
        }
        (Value::String(ours), Value::String(theirs)) => {
            let same = [ours, theirs].map(|text| {
                let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
                let is_time = shape.starts_with("0000-00-00");
                let is_number = text.parse::<i64>().is_ok() && !at.ends_with("/callerid");
                let is_link = text.starts_with("http://").then(|| text.split('/').rev().nth(2).unwrap().to_owned());
                (is_time.then_some(shape), is_number, is_link, is_hash(text))
            });
            if same[0] != same[1] {
                found.push(format!("{at} is {ours}, documented is {theirs}"));
            }
        }
        (Value::Number(_), Value::Number(_)) => {}
        (Value::Array(ours), Value::Array(theirs)) if ours.is_empty() == theirs.is_empty() => {}
        (ours, theirs) if ours == theirs => {}
        (ours, theirs) => found.push(format!("{at} is {ours}, documented is {theirs}")),
    }
}

fn assert_documented(response: &Value, name: &str) {
    let example = fixture(&format!("{name}-response")).unwrap();
    let mut found = Vec::new();
    differences(response, &example, "", &mut found);
    assert!(found.is_empty(), "{name}: {found:#?}");
}

/// Other data, created through the API and calls, get the documented shapes.
#[tokio::test]
async fn other_data_gets_the_same_shapes() {
    let emulator = Emulator::builder().generation(Generation::G0).superuser(false).start().await.unwrap();
    let controller = emulator.controller();
    emulator.clock().freeze();
    // No time of this test is a whole second, like the documented ones.
    emulator.clock().advance(std::time::Duration::from_micros(1_001_001 + u64::from(999_999 - micros(&emulator))));
    let (status, made) =
        send(&emulator, "POST", "/calendar-setting/", &with(setting(), json!({ "caller_name": "Desk" }))).await;
    assert_eq!(status, 201);
    assert_documented(&made, "create-calendar-setting");

    let user = json!({ "username": "jo", "password": "secret", "email": "jo@example.org" });
    let (status, made) = send(&emulator, "POST", "/calendar-user/", &user).await;
    assert_eq!(status, 201);
    assert_documented(&made, "create-calendar-user");
    let user = id_in(&made["url"]);

    let (status, profile) =
        send(&emulator, "PATCH", &format!("/calendar-user-profile/{user}/"), &json!({ "accountcode": 7 })).await;
    assert_eq!((status, &profile["user"], &profile["manager"]), (200, &json!(user), &json!("manager")));
    assert_documented(&profile, "update-calendar-user-profile");

    let calendar = json!({ "name": "Praxis", "user": link("calendar-user", user) });
    let (_, made) = send(&emulator, "POST", "/calendar/", &calendar).await;
    assert_documented(&made, "create-calendar");
    let calendar = id_in(&made["url"]);

    let times = json!({
        "start": "2031-03-03 08:15:00",
        "end": "2031-03-03 08:45:00",
        "end_recurring_period": "2031-04-01 00:00:00",
    });
    let (_, made) = send(&emulator, "POST", "/event/", &with(event((user, calendar)), times)).await;
    assert_documented(&made, "create-event");

    let series = with(event((user, calendar)), json!({ "description": "", "rule": link("rule", 6) }));
    let whole = json!({ "start": "2027-01-01 00:00:07", "end": "2027-01-01 00:30:07" });
    let first = make(&emulator, "event", &with(series, whole)).await;
    // The alarm is tried once before it is copied, and the copy continues its count.
    let called = json!({ "event": link("event", first), "survey": link("sealed-survey", 1), "maxretry": 2 });
    make(&emulator, "alarm", &called).await;
    jump(&emulator, "2027-01-01T00:02:00Z");
    let children = read(&emulator, &format!("/event/{first}/get_list_child/")).await;
    assert_documented(&children, "list-event-children");
    let status = json!({ "status": 1 });
    let (_, said) = send(&emulator, "PATCH", &format!("/event/{first}/update_last_child_status/"), &status).await;
    assert_eq!(said, fixture("set-last-child-status-response").unwrap());

    let alarm = controller.alarms().last().unwrap().id;
    emulator.clock().advance(std::time::Duration::from_micros(123_456));
    controller.ring(alarm).unwrap();
    controller.busy(alarm).unwrap();
    emulator.clock().advance(std::time::Duration::from_secs(1));
    controller.dispatch_due();
    controller.answer(alarm).unwrap();
    let nested = read(&emulator, &format!("/alarm-request/{first}/get_nested_alarm_request/")).await;
    assert_documented(&nested, "nested-alarm-requests");
    let alarm = &nested[format!("event-{first}")][format!("alarm-{alarm}")];
    let tried =
        |id: u64| (&alarm[format!("alarm-request-{id}")]["status"], &alarm[format!("alarm-request-{id}")]["duration"]);
    assert_eq!((tried(2), tried(3)), ((&json!("4"), &json!("0")), (&json!("5"), &json!("12"))));

    controller.add_user(NewUser::new("other", "secret")).unwrap();
    let other = RawRequest::get(format!("{ROOT}/event/")).header(basic("other", "secret")).send(&emulator).await;
    assert_eq!(other.object()["count"], 0, "the series is another manager's");
}

fn micros(emulator: &Emulator) -> u32 {
    emulator.clock().now().timestamp_subsec_micros()
}

/// Moves the clock to a time.
fn jump(emulator: &Emulator, time: &str) {
    let time = chrono::DateTime::parse_from_rfc3339(time).unwrap().to_utc();
    emulator.clock().advance((time - emulator.clock().now()).to_std().unwrap());
}

#[tokio::test]
async fn links_in_responses_contain_the_host_of_the_request() {
    let emulator = Emulator::builder().documented_2013().start().await.unwrap();
    let body = fixture("create-calendar-setting-request").unwrap();
    assert!(body["survey"].as_str().unwrap().starts_with("http://127.0.0.1:8000/"));
    let sent = request("POST", "/calendar-setting/").header("host: dialer.example:1234").json_body(&body);
    let response = sent.send(&emulator).await;
    let made = response.object();
    for field in ["url", "survey", "aleg_gateway", "sms_gateway"] {
        assert!(made[field].as_str().unwrap().starts_with("http://dialer.example:1234/rest-api/"), "{made}");
    }
    assert_eq!(response.header("location"), made["url"].as_str());
}

#[test]
fn the_comparison_finds_differences() {
    let example = fixture("nested-alarm-requests-response").unwrap();
    let found = |path: &str, value: Value| {
        let mut broken = example.clone();
        *broken.pointer_mut(path).unwrap() = value;
        let mut found = Vec::new();
        differences(&broken, &example, "", &mut found);
        !found.is_empty()
    };
    let request = "/event-5/alarm-23/alarm-request-48";
    assert!(!found("/event-url", json!("http://x/rest-api/event/7/")));
    assert!(found("/event-url", json!("http://x/rest-api/alarm/7/")));
    assert!(found("/event-5", json!({})));
    assert!(found(&format!("{request}/status"), json!(4)));
    assert!(found(&format!("{request}/status"), json!("None")));
    assert!(found(&format!("{request}/duration"), Value::Null));
    assert!(found(&format!("{request}/date"), json!("2013-12-18T17:19:23.368Z")));
    assert!(found(request, json!({ "url": "x" })));
}

fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

#[test]
fn the_source_holds_no_text_of_the_fixtures() {
    let mut known = BTreeSet::new();
    for (name, ..) in WALK {
        for part in ["request", "response"] {
            fixture(&format!("{name}-{part}")).iter().for_each(|body| texts(body, &mut known));
        }
    }
    // Texts of the server itself, its default owner, and the title of the event in the documented seed data.
    let said = ["event status has been updated", "manager", "EventTitle"];
    known.retain(|text| text.len() > 2 && !said.contains(&text.as_str()));
    assert!(known.len() > 25, "too few texts to look for: {known:?}");
    documents::assert_not_in_the_source(&known);
}
