//! How answers are decoded.

use crate::{
    documented::operations::{alarm_of_event, listed, page, row},
    mock_server::{answer_all, fixture, newfies, ok, with_paths},
};
use care_testkit::json_leaves::lost;
use futures_util::TryStreamExt;
use newfies_client::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::fmt::Debug;
use wiremock::{MockServer, ResponseTemplate};

/// Panics if decoding loses a value, or if a serialized value isn't read back equal.
fn whole<T: Serialize + DeserializeOwned + PartialEq + Debug>(documented: Value, but_for: &[&str]) {
    let decoded: T = serde_json::from_value(documented.clone()).unwrap_or_else(|error| panic!("{documented}: {error}"));
    let written = serde_json::to_value(&decoded).unwrap();
    let mut lost = lost(&with_paths(documented), &written);
    lost.retain(|path| !but_for.contains(&path.as_str()));
    // A naive time is written with a blank, as it is sent.
    lost.retain(|path| {
        let naive = |value: Option<&Value>| value.and_then(Value::as_str).map(|text| text.replace('T', " "));
        naive(written.pointer(path)).is_none_or(|text| text.len() != 19)
    });
    assert_eq!(lost, [""; 0]);
    if but_for.is_empty() {
        assert_eq!(serde_json::from_value::<T>(written).unwrap(), decoded);
    }
}

#[test]
fn no_value_of_an_answer_is_lost() {
    whole::<CalendarSetting>(fixture("create-calendar-setting-response.json"), &[]);
    // The hash is available by its accessor only.
    whole::<CalendarUser>(fixture("create-calendar-user-response.json"), &["/password"]);
    whole::<CalendarUser>(row("calendar-user"), &["/password"]);
    whole::<CalendarUser>(listed("calendar-user"), &["/password"]);
    whole::<CalendarUserProfile>(fixture("update-calendar-user-profile-response.json"), &[]);
    whole::<CalendarUserProfileRow>(with_paths(listed("calendar-user-profile")), &[]);
    whole::<Calendar>(fixture("create-calendar-response.json"), &[]);
    whole::<Event>(fixture("create-event-response.json"), &[]);
    whole::<ChildEvent>(fixture("list-event-children-response.json"), &[]);
    whole::<EventLog>(fixture("nested-alarm-requests-response.json"), &[]);
    whole::<Alarm>(row("alarm"), &[]);
    whole::<AlarmRequest>(row("alarm-request"), &[]);
    whole::<Rule>(row("rule"), &[]);
    let mut alarm = alarm_of_event();
    alarm["result"] = "4".into();
    whole::<AlarmRow>(alarm, &[]);
}

#[test]
fn the_documented_event_keeps_its_naive_times_and_its_links_are_ids() {
    // NEWF-10, NEWF-21, NEWF-44
    let event: Event = serde_json::from_value(fixture("create-event-response.json")).unwrap();
    assert_eq!((event.id(), event.start.instant(), event.end.instant()), (EventId::from(3), None, None));
    assert!(event.created_on.unwrap().instant().is_some());
    assert_eq!(event.calendar.map(|link| link.id()), Some(CalendarId::from(4)));
    assert_eq!(event.creator.map(|link| link.id()), Some(CalendarUserId::from(6)));
    let setting: CalendarSetting = serde_json::from_value(fixture("create-calendar-setting-response.json")).unwrap();
    assert_eq!(setting.user.unwrap().as_str(), "manager");
    let profile: CalendarUserProfile =
        serde_json::from_value(fixture("update-calendar-user-profile-response.json")).unwrap();
    assert_eq!((profile.user.get(), profile.id.get(), profile.calendar_setting.get()), (6, 4, 3));
}

#[test]
fn the_nested_log_becomes_lists_ordered_by_id() {
    // NEWF-17, NEWF-18
    let log: EventLog = serde_json::from_value(fixture("nested-alarm-requests-response.json")).unwrap();
    assert_eq!(log.alarms.iter().map(|alarm| alarm.alarm.get()).collect::<Vec<_>>(), [21, 23]);
    let requests = &log.alarms[1].requests;
    assert_eq!(requests.iter().map(|request| request.id.get()).collect::<Vec<_>>(), [48, 49]);
    assert_eq!(
        requests.iter().map(|request| request.status.unwrap()).collect::<Vec<_>>(),
        [AlarmRequestStatus::Retry, AlarmRequestStatus::Success]
    );
    assert_eq!((requests[1].duration, requests[1].callrequest), (Some(13), Some(Link::to(15732))));
    // Missing values as the server writes them, and undocumented keys.
    let odd = json!({
        "event-url": "http://localhost/rest-api/event/5/", "note": [1],
        "event-5": {"url": "x", "alarm-9": {"alarm-request-1": {
            "status": "None", "url": "http://h/rest-api/alarm-request/1/",
            "alarm-callrequest": "http://h/rest-api/callrequest/None/", "duration": "None",
            "date": "2013-12-16 17:20:27+00:00", "callstatus": "None"}},
            "alarm-10": {}, "alarm-x": 7, "alarm-request-7": 7}
    });
    let log: EventLog = serde_json::from_value(odd).unwrap();
    assert_eq!(log.alarms.iter().map(|alarm| alarm.alarm.get()).collect::<Vec<_>>(), [9, 10]);
    let request = &log.alarms[0].requests[0];
    assert_eq!((request.status, request.callrequest, request.duration, request.callstatus), (None, None, None, None));
    let empty: EventLog =
        serde_json::from_value(json!({"event-url": "http://h/rest-api/event/5/", "event-5": {}})).unwrap();
    assert!(empty.alarms.is_empty());
}

#[tokio::test]
async fn content_types_with_and_without_a_charset_are_accepted() {
    // NEWF-19
    let server = MockServer::start().await;
    for content_type in ["application/json", "application/json; charset=utf-8", "text/plain"] {
        let body = fixture("create-event-response.json").to_string();
        answer_all(&server, ResponseTemplate::new(200).set_body_raw(body, content_type)).await;
        newfies(&server).events().get(3).await.unwrap();
    }
}

#[tokio::test]
async fn a_row_of_an_older_shape_hides_no_other() {
    // NEWF-09: an event as text, where a link is meant.
    let server = MockServer::start().await;
    let mut odd = row("alarm");
    odd["event"] = "EventTitle".into();
    answer_all(&server, ok(&page(&[odd, row("alarm")], 2))).await;
    let page = newfies(&server).alarms().list(List::new()).await.unwrap();
    assert_eq!((page.items.len(), page.undecodable.len(), page.total), (1, 1, Some(2)));
    assert_eq!(page.undecodable[0].error.at(), "[0].event");
}

#[tokio::test]
async fn links_that_end_in_a_format_are_read() {
    // NEWF-20
    let server = MockServer::start().await;
    let mut calendar = row("calendar");
    calendar["url"] = "http://localhost/rest-api/calendar/4/.json".into();
    answer_all(&server, ok(&calendar)).await;
    assert_eq!(newfies(&server).calendars().get(4).await.unwrap().id(), CalendarId::from(4));
}

#[tokio::test]
async fn no_link_to_another_page_is_followed() {
    // NEWF-44
    let (here, there) = (MockServer::start().await, MockServer::start().await);
    let next = format!("{}/rest-api/calendar/?page=2", there.uri());
    let rows: Vec<Value> = (1..=10).map(|n| json!({"url": format!("/rest-api/calendar/{n}/"), "name": "c"})).collect();
    let mut first = page(&rows, 11);
    first["next"] = next.into();
    wiremock::Mock::given(wiremock::matchers::query_param("page", "2"))
        .respond_with(ok(&page(&[json!({"url": "/rest-api/calendar/11/", "name": "c"})], 11)))
        .mount(&here)
        .await;
    wiremock::Mock::given(wiremock::matchers::any()).respond_with(ok(&first)).with_priority(9).mount(&here).await;
    let calendars: Vec<Calendar> = newfies(&here).calendars().list(List::new()).items().try_collect().await.unwrap();
    assert_eq!((calendars.len(), calendars[10].id()), (11, CalendarId::from(11)));
    assert_eq!(there.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn an_error_with_status_200_is_a_refusal() {
    // NEWF-16, NEWF-47
    let server = MockServer::start().await;
    answer_all(&server, ok(&json!({"error": "event id is not valid"}))).await;
    let client = newfies(&server);
    for error in [
        client.alarm_requests().for_event(5).await.unwrap_err(),
        client.events().children(5).await.unwrap_err(),
        client.events().get(5).await.unwrap_err(),
        client.events().list(List::new()).await.unwrap_err(),
        client.events().set_last_child_status(5, EventStatus::Paused).await.unwrap_err(),
        client.calendar_users().list().await.unwrap_err(),
    ] {
        assert_eq!((error.kind(), error.outcome()), (Kind::Api, Outcome::Refused), "{error}");
        assert!(error.fault::<ApiFault>().unwrap().error.is_some());
        assert!(!error.to_string().contains("event id is not valid"));
    }
}

#[tokio::test]
async fn the_log_of_another_event_is_refused() {
    let server = MockServer::start().await;
    answer_all(&server, ok(&fixture("nested-alarm-requests-response.json"))).await;
    let error = newfies(&server).alarm_requests().for_event(6).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed));
}

#[tokio::test]
async fn a_replacement_that_creates_a_row_is_an_error_that_says_so() {
    // NEWF-29
    let server = MockServer::start().await;
    answer_all(&server, ResponseTemplate::new(201).set_body_json(fixture("create-calendar-response.json"))).await;
    let error = newfies(&server).calendars().replace(99, NewCalendar::new("c", 6)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed));
    assert!(error.to_string().contains("created a new one"), "{error}");
    let made: Calendar = serde_json::from_slice(error.body().unwrap()).unwrap();
    assert_eq!(made.id(), CalendarId::from(4));
}

#[tokio::test]
async fn naive_times_become_points_in_time_in_the_configured_zone() {
    // NEWF-21
    let server = MockServer::start().await;
    answer_all(&server, ok(&fixture("create-event-response.json"))).await;
    let zone = chrono::FixedOffset::east_opt(3600).unwrap();
    let client = crate::mock_server::bare(&server).basic_auth("m", "x").server_time_zone(zone).build().unwrap();
    let event = client.events().create(super::operations::new_event()).await.unwrap();
    assert_eq!(event.start, ServerTime::At("2013-12-10T11:34:43Z".parse().unwrap()));
    // A time given without an offset is sent with one.
    let body: Value = server.received_requests().await.unwrap()[0].body_json().unwrap();
    assert_eq!((&body["start"], &body["end"]), (&json!("2013-12-10T11:34:43Z"), &json!("2013-12-15T13:43:32Z")));
}
