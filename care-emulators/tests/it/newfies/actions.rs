//! The extra actions of events and alarm requests.

use crate::support::newfies::{calendar, event, get, link, make, outcome, read, request, send, setting, with};
use care_emulators::newfies::{Emulator, EmulatorBuilder, Generation, NewUser};
use serde_json::{Value, json};

async fn start(builder: EmulatorBuilder) -> (Emulator, (u64, u64), u64) {
    let emulator = builder.repaired().start().await.unwrap();
    let whose = calendar(&emulator, "jo").await;
    let root = make(&emulator, "event", &with(event(whose), json!({ "start": "2100-01-01T10:00:00Z" }))).await;
    (emulator, whose, root)
}

/// Creates a child event with this creation time.
async fn make_child(emulator: &Emulator, whose: (u64, u64), root: u64, title: &str, created_on: &str) -> u64 {
    let child = json!({
        "title": title,
        "parent_event": link("event", root),
        "created_on": created_on,
        "start": "2100-01-02T10:00:00.5Z",
    });
    make(emulator, "event", &with(event(whose), child)).await
}

#[tokio::test]
async fn no_child_one_child_and_several_have_three_shapes() {
    let (emulator, whose, root) = start(Emulator::builder()).await;
    let path = format!("/event/{root}/get_list_child/");
    assert_eq!(read(&emulator, &path).await, json!({ "note": "no child event found" }));
    let late = make_child(&emulator, whose, root, "late", "2099-02-02T00:00:00Z").await;
    let one = read(&emulator, &path).await;
    assert_eq!((&one["title"], &one["description"]), (&json!("late"), &Value::Null));
    assert_eq!((&one["start"], one.as_object().unwrap().len()), (&json!("2100-01-02 10:00:00.500000+00:00"), 5));
    let early = make_child(&emulator, whose, root, "early", "2099-01-01T00:00:00Z").await;
    // A child's child isn't listed.
    make_child(&emulator, whose, early, "grandchild", "2099-03-03T00:00:00Z").await;
    let many = read(&emulator, &path).await;
    let urls: Vec<_> = many.as_array().unwrap().iter().map(|child| child["url"].as_str().unwrap()).collect();
    assert_eq!(urls, [early, late].map(|id| format!("http://emulator/rest-api/event/{id}/")));
}

#[tokio::test]
async fn the_status_of_the_last_child_accepts_any_number() {
    let (emulator, whose, root) = start(Emulator::builder()).await;
    let controller = emulator.controller();
    let path = format!("/event/{root}/update_last_child_status/");
    let done = (200, json!({ "status": "event status has been updated" }));
    assert_eq!(send(&emulator, "PATCH", &path, &json!({ "status": 3 })).await, done, "there is no child");
    let last = make_child(&emulator, whose, root, "last", "2099-02-02T00:00:00Z").await;
    let first = make_child(&emulator, whose, root, "first", "2099-01-01T00:00:00Z").await;
    for (sent, stored) in [(json!("3"), Some(3)), (json!(99), Some(99)), (json!(null), None), (json!("-1"), Some(-1))] {
        assert_eq!(send(&emulator, "PATCH", &path, &json!({ "status": sent })).await, done);
        assert_eq!(controller.event(last).unwrap().status, stored);
    }
    for wrong in [json!({ "status": "abc" }), json!({}), json!({ "status": [3] }), json!({ "status": "" })] {
        assert_eq!(send(&emulator, "PATCH", &path, &wrong).await.0, 500, "{wrong}");
    }
    assert_eq!((controller.event(first).unwrap().status, controller.event(root).unwrap().status), (Some(1), Some(1)));
    // The stored value makes the next change invalid.
    let (status, errors) = send(&emulator, "PATCH", &format!("/event/{last}/"), &json!({ "title": "x" })).await;
    assert_eq!((status, errors), (400, json!({ "status": ["Value -1 is not a valid choice."] })));
    assert_eq!(send(&emulator, "PATCH", "/event/99/update_last_child_status/", &json!({ "status": 3 })).await.0, 404);
}

#[tokio::test]
async fn alarms_of_an_event_are_listed_as_strings_since_the_second_generation() {
    let (emulator, _, root) = start(Emulator::builder()).await;
    let path = format!("/event/{root}/get_list_alarm/");
    assert_eq!(read(&emulator, &path).await, json!({ "note": "no child alarm found" }));
    let alarm = json!({
        "event": link("event", root),
        "date_start_notice": "2099-12-31T10:00:00Z",
        "result": null,
        "daily_start": "06:30",
    });
    let first = make(&emulator, "alarm", &alarm).await;
    let one = read(&emulator, &path).await;
    assert_eq!(one["url"], format!("http://emulator/rest-api/alarm/{first}/"));
    assert_eq!(one["title"], format!("{first} - method:CALL - Check-up: Jan. 1, 2100"));
    assert_eq!((&one["result"], &one["phonenumber"], &one["status"]), (&json!("None"), &Value::Null, &json!("1")));
    assert_eq!((&one["daily_start"], &one["daily_stop"]), (&json!("06:30:00"), &json!("23:59:59")));
    for field in ["advance_notice", "maxretry", "retry_delay", "num_attempt"] {
        assert_eq!(one[field], "0", "{field}");
    }
    assert_eq!(one.as_object().unwrap().len(), 13);
    // In the order of creation, whatever their ids.
    for (method, id, number) in [("PUT", "50/", "2"), ("POST", "", "3")] {
        let other = with(alarm.clone(), json!({ "method": number }));
        assert_eq!(send(&emulator, method, &format!("/alarm/{id}"), &other).await.0, 201);
    }
    let many = read(&emulator, &path).await;
    for (at, name) in [(1, "50 - method:SMS - "), (2, "2 - method:EMAIL - ")] {
        assert!(many[at]["title"].as_str().unwrap().starts_with(name), "{many}");
    }
    for generation in [Generation::G0, Generation::G1] {
        let (emulator, _, root) = start(Emulator::builder().generation(generation)).await;
        assert_eq!(
            get(&emulator, &format!("/event/{root}/get_list_alarm/")).await.0,
            500,
            "{generation:?} doesn't know it"
        );
        let (status, _) =
            send(&emulator, "POST", "/alarm/", &json!({ "event": link("event", root), "maxretry": null })).await;
        assert_eq!(status, 201, "{generation:?} keeps no number");
    }
    let (status, errors) =
        send(&emulator, "POST", "/alarm/", &json!({ "event": link("event", root), "maxretry": null })).await;
    assert_eq!((status, errors), (400, json!({ "maxretry": ["This field cannot be null."] })));
}

#[tokio::test]
async fn tries_are_nested_below_the_root_of_a_series() {
    let (emulator, whose, root) = start(Emulator::builder()).await;
    let controller = emulator.controller();
    let path = |id: u64| format!("/alarm-request/{id}/get_nested_alarm_request/");
    let url = format!("http://emulator/rest-api/event/{root}/");
    let key = format!("event-{root}");
    assert_eq!(read(&emulator, &path(root)).await, json!({ "event-url": url, key.as_str(): {} }));
    let child = make_child(&emulator, whose, root, "child", "2099-01-01T00:00:00Z").await;
    let alarm = |event| json!({ "event": link("event", event), "date_start_notice": "2100-01-01T00:00:00Z" });
    let own = make(&emulator, "alarm", &alarm(root)).await;
    let [tried, untried] =
        [make(&emulator, "alarm", &alarm(child)).await, make(&emulator, "alarm", &alarm(child)).await];
    let nothing = json!({
        "alarm": link("alarm", tried), "date": "2099-01-01T00:00:00Z",
        "status": null, "callstatus": "", "duration": null,
    });
    let bare = make(&emulator, "alarm-request", &nothing).await;
    let nested = read(&emulator, &path(root)).await;
    let alarms = &nested[&key];
    assert!(alarms.get(format!("alarm-{own}")).is_none(), "the event's own alarms aren't told");
    assert_eq!(
        alarms[format!("alarm-{untried}")],
        json!({ "url": format!("http://emulator/rest-api/alarm/{untried}/") })
    );
    assert_eq!(
        alarms[format!("alarm-{tried}")][format!("alarm-request-{bare}")],
        json!({
            "status": "None",
            "url": format!("http://emulator/rest-api/alarm-request/{bare}/"),
            "alarm-callrequest": "http://emulator/rest-api/callrequest/None/",
            "duration": "None",
            "date": "2099-01-01 00:00:00+00:00",
            "callstatus": "None",
        })
    );
    let below_child = read(&emulator, &path(child)).await;
    assert_eq!(below_child[format!("event-{child}")], json!({}), "a child is no root");

    let invalid = (200, json!({ "error": "event id is not valid" }));
    for id in ["99", "abc", "0"] {
        assert_eq!(get(&emulator, &format!("/alarm-request/{id}/get_nested_alarm_request/")).await, invalid, "{id}");
    }
    controller.add_user(NewUser::new("desk", "secret").superuser()).unwrap();
    let request = crate::support::newfies::request_as(("desk", "secret"), "GET", &path(root));
    assert_eq!(outcome(&request.send(&emulator).await), (200, nested), "a superuser gets another manager's");
    let before = start(Emulator::builder().generation(Generation::G0)).await;
    before.0.controller().add_user(NewUser::new("desk", "secret")).unwrap();
    let request = crate::support::newfies::request_as(("desk", "secret"), "GET", &path(before.2));
    assert_eq!(outcome(&request.send(&before.0).await), invalid, "and nobody else");
}

#[tokio::test]
async fn an_option_adds_a_url_to_the_alarms() {
    let (emulator, _, root) = start(Emulator::builder().stray_event_url()).await;
    let nested = read(&emulator, &format!("/alarm-request/{root}/get_nested_alarm_request/")).await;
    assert_eq!(nested[format!("event-{root}")], json!({ "url": nested["event-url"] }));
}

#[tokio::test]
async fn no_answer_has_a_charset_and_three_actions_start_a_session() {
    let (emulator, _, root) = start(Emulator::builder()).await;
    make(&emulator, "calendar-setting", &setting()).await;
    for (method, path, begins) in [
        ("GET", format!("/event/{root}/get_list_child/"), true),
        ("PATCH", format!("/event/{root}/update_last_child_status/"), true),
        ("GET", format!("/alarm-request/{root}/get_nested_alarm_request/"), true),
        ("GET", format!("/event/{root}/get_list_alarm/"), false),
    ] {
        let response = request(method, &path).json_body(&json!({ "status": 1 })).send(&emulator).await;
        assert_eq!((response.status, response.header("content-type")), (200, Some("application/json")), "{path}");
        assert_eq!(response.header("set-cookie").is_some(), begins, "{path}");
    }
    let response = request("GET", &format!("/event/{root}/")).send(&emulator).await;
    assert_eq!(response.header("content-type"), Some("application/json"));
}
