//! Writing, listing and reading, by the same rules for every resource.

use crate::support::newfies::{
    calendar, event, get, id_in, link, make, outcome, read, request, request_as, send, setting, with,
};
use care_emulators::newfies::{Emulator, Generation, NewUser};
use chrono::{FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, TimeZone, Timelike};
use serde_json::{Value, json};
use std::time::Duration;

const DESK: (&str, &str) = ("desk", "secret");
const REQUIRED: &str = "This field is required.";

async fn start() -> Emulator {
    Emulator::builder().generation(Generation::G1).start().await.unwrap()
}

/// The errors of a create, by field.
async fn errors(emulator: &Emulator, resource: &str, body: &Value) -> Value {
    let (status, errors) = send(emulator, "POST", &format!("/{resource}/"), body).await;
    assert_eq!(status, 400, "{body}: {errors}");
    errors
}

#[tokio::test]
async fn the_required_fields_of_each_create() {
    for (generation, settings) in [
        (Generation::G1, &["label", "callerid", "survey", "aleg_gateway", "sms_gateway"][..]),
        (Generation::G2, &["label", "survey", "aleg_gateway", "sms_gateway"]),
    ] {
        let emulator = Emulator::builder().generation(generation).start().await.unwrap();
        for (resource, needed) in [
            ("calendar-setting", settings),
            ("calendar-user", &["username", "password"]),
            ("calendar-user-profile", &["user", "calendar_setting"]),
            ("calendar", &["name"]),
            ("event", &["title", "creator", "calendar"]),
            ("alarm", &["event"]),
            ("alarm-request", &["date"]),
        ] {
            let expected: Value = needed.iter().map(|field| ((*field).to_owned(), json!([REQUIRED]))).collect();
            assert_eq!(errors(&emulator, resource, &json!({})).await, expected, "{resource}");
        }
    }
}

#[tokio::test]
async fn values_may_be_strings_or_numbers_and_errors_are_reported_by_field() {
    let emulator = start().await;
    let whose = calendar(&emulator, "jo").await;
    let good = event(whose);
    for (field, sent, expected) in [
        ("status", json!("3"), json!(3)),
        ("status", json!(null), json!(null)),
        ("notify_count", json!("12"), json!(12)),
        ("notify_count", json!(""), json!(null)),
        ("occ_count", json!(-1), json!(-1)),
        ("title", json!(7), json!("7")),
        ("title", json!(true), json!("True")),
        ("description", json!(null), json!(null)),
        ("data", json!({ "a": [1] }), json!({ "a": [1] })),
        ("data", json!("{\"a\": 1}"), json!({ "a": 1 })),
        ("data", json!(""), json!(null)),
        ("rule", json!("None"), json!(null)),
        ("rule", json!("https://elsewhere.example/rest-api/rule/6/"), json!("http://emulator/rest-api/rule/6/")),
        ("unknown", json!(1), json!(null)),
    ] {
        let (status, made) = send(&emulator, "POST", "/event/", &with(good.clone(), json!({ field: sent }))).await;
        assert_eq!((status, &made[field]), (201, &expected), "{field} {sent}");
    }
    let choice = |value: &str| format!("Select a valid choice. {value} is not one of the available choices.");
    let time =
        "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]";
    for (field, sent, message) in [
        ("title", json!(""), REQUIRED.to_owned()),
        ("title", json!(null), REQUIRED.to_owned()),
        ("title", json!("x".repeat(256)), "Ensure this value has at most 255 characters (it has 256).".to_owned()),
        ("status", json!(4), choice("4")),
        ("status", json!("x"), choice("x")),
        ("status", json!(0), "Value 0 is not a valid choice.".to_owned()),
        ("notify_count", json!(1.5), "Enter a whole number.".to_owned()),
        ("notify_count", json!(true), "Enter a whole number.".to_owned()),
        ("notify_count", json!("one"), "Enter a whole number.".to_owned()),
        ("start", json!("tomorrow"), time.to_owned()),
        ("start", json!(5), time.to_owned()),
        ("start", json!(null), REQUIRED.to_owned()),
        ("data", json!("{"), "'{' is not a valid JSON string.".to_owned()),
        ("rule", json!(6), "Incorrect type.  Expected url string, received int.".to_owned()),
        ("rule", json!([]), "Incorrect type.  Expected url string, received list.".to_owned()),
        ("rule", json!("/rest-api/user/2/"), "Invalid hyperlink - No URL match".to_owned()),
        ("rule", json!("/rest-api/campaigns/6/"), "Invalid hyperlink - Incorrect URL match".to_owned()),
        ("rule", json!("/rest-api/rule/3/"), "Invalid hyperlink - object does not exist.".to_owned()),
        ("rule", json!("/rest-api/rule/abc/"), "Invalid hyperlink - object does not exist.".to_owned()),
        ("creator", json!("None"), REQUIRED.to_owned()),
    ] {
        let found = errors(&emulator, "event", &with(good.clone(), json!({ field: sent }))).await;
        assert_eq!(found, json!({ field: [message] }), "{field} {sent}");
    }
    let before = emulator.controller().events().len();
    for huge in [json!(2_147_483_648_u64), json!("99999999999999999999"), json!(1e30)] {
        let (status, _) =
            send(&emulator, "POST", "/event/", &with(good.clone(), json!({ "notify_count": huge }))).await;
        assert_eq!(status, 500, "{huge} is too large for the database");
    }
    assert_eq!(emulator.controller().events().len(), before);
}

#[tokio::test]
async fn errors_of_a_row_are_reported_only_if_all_fields_are_valid() {
    let emulator = start().await;
    let whose = calendar(&emulator, "jo").await;
    let body = with(event(whose), json!({ "status": 0, "title": "" }));
    assert_eq!(errors(&emulator, "event", &body).await, json!({ "title": [REQUIRED] }));
    let user = json!({ "username": "jo", "password": "x", "email": "nobody" });
    assert_eq!(errors(&emulator, "calendar-user", &user).await, json!({ "email": ["Enter a valid email address."] }));
    let user = json!({ "username": "jo", "password": "x", "email": "jo@example.com" });
    let taken = json!({ "username": ["User with this Username already exists."] });
    assert_eq!(errors(&emulator, "calendar-user", &user).await, taken);
    let user = json!({ "username": "jo example!", "password": "x" });
    assert_eq!(errors(&emulator, "calendar-user", &user).await, json!({ "username": ["Enter a valid username."] }));
}

#[tokio::test]
async fn profiles_and_settings_validate_their_own_types() {
    let emulator = start().await;
    let (user, _) = calendar(&emulator, "jo").await;
    let path = format!("/calendar-user-profile/{user}/");
    for (field, sent, message) in [
        ("country", "XX", "Select a valid choice. XX is not one of the available choices."),
        ("language", "xx", "Select a valid choice. xx is not one of the available choices."),
        ("company_website", "example.com", "Invalid value."),
        ("accountcode", "-1", "Ensure this value is greater than or equal to 0."),
        ("accountcode", "x", "Enter a whole number."),
        ("calendar_setting", "7", "Invalid pk '7' - object does not exist."),
        ("calendar_setting", "/rest-api/calendar-setting/1/", "Incorrect type.  Expected pk value, received unicode."),
        ("calendar_setting", "", REQUIRED),
        ("calendar_setting", "-1", "Invalid pk '-1' - object does not exist."),
    ] {
        let (status, found) = send(&emulator, "PATCH", &path, &json!({ field: sent })).await;
        assert_eq!((status, found), (400, json!({ field: [message] })), "{field} {sent}");
    }
    let sent = json!({
        "country": "ES",
        "language": "ca",
        "company_website": "http://example.com",
        "calendar_setting": 1,
        "city": "x",
    });
    let (status, profile) = send(&emulator, "PATCH", &path, &sent).await;
    assert_eq!((status, &profile["country"], &profile["accountcode"]), (200, &json!("ES"), &Value::Null));
    let (_, profile) = send(&emulator, "PATCH", &path, &json!({ "country": null })).await;
    assert_eq!((&profile["country"], &profile["city"]), (&json!(""), &json!("x")));

    for (sent, expected) in [(json!("no"), true), (json!("false"), false), (json!(false), false), (json!("1"), true)] {
        let id = make(&emulator, "calendar-setting", &with(setting(), json!({ "voicemail": sent }))).await;
        assert_eq!(read(&emulator, &format!("/calendar-setting/{id}/")).await["voicemail"], expected, "{sent}");
    }
    let alarm = json!({ "alarm_email": "x", "daily_start": "25:00", "method": 4, "result": 4 });
    let found = errors(&emulator, "alarm", &alarm).await;
    let mut fields: Vec<_> = found.as_object().unwrap().keys().cloned().collect();
    fields.sort();
    assert_eq!(fields, ["alarm_email", "daily_start", "event", "method", "result"]);
    assert_eq!(
        found["daily_start"],
        json!(["Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]]"])
    );
}

#[tokio::test]
async fn a_setting_needs_a_sealed_survey_and_a_gateway_of_the_caller() {
    let emulator = start().await;
    let controller = emulator.controller();
    controller.add_user(NewUser::new("desk", "secret").every_permission()).unwrap();
    let survey = controller.add_survey("manager", "New").unwrap();
    let (gateway, sms) = (controller.add_gateway("New"), controller.add_sms_gateway("New"));
    let missing = |field: &str| json!({ field: ["Invalid hyperlink - object does not exist."] });
    let mut body =
        with(setting(), json!({ "survey": link("sealed-survey", 2), "sms_gateway": link("sms-gateway", sms) }));
    assert_eq!(errors(&emulator, "calendar-setting", &body).await, missing("survey"), "it isn't sealed");
    assert_eq!(controller.seal_survey(survey), Ok(2));
    body["aleg_gateway"] = json!(link("gateway", gateway));
    assert_eq!(errors(&emulator, "calendar-setting", &body).await, missing("aleg_gateway"));
    controller.allow_gateway("manager", gateway).unwrap();
    make(&emulator, "calendar-setting", &body).await;
    let (status, found) =
        outcome(&request_as(DESK, "POST", "/calendar-setting/").json_body(&setting()).send(&emulator).await);
    assert_eq!((status, found), (400, missing("survey")), "it is another manager's");
    controller.deny_gateway("manager", gateway).unwrap();
    assert_eq!(errors(&emulator, "calendar-setting", &body).await, missing("aleg_gateway"));
    assert!(controller.allow_gateway("manager", 99).is_err() && controller.allow_gateway("nobody", 1).is_err());
    assert!(controller.seal_survey(99).is_err() && controller.add_survey("nobody", "x").is_err());
}

#[tokio::test]
async fn naive_times_are_in_the_server_s_zone_and_repeated_as_sent() {
    let madrid = FixedOffset::east_opt(7200).unwrap();
    let emulator = Emulator::builder().generation(Generation::G1).time_zone(madrid).start().await.unwrap();
    emulator.clock().freeze();
    let whose = calendar(&emulator, "jo").await;
    let times = json!({
        "start": "2026-07-01 10:00:00",
        "end": "2026-07-01T10:00:00+03:30",
        "created_on": "2026-07-01T08:00:00.1234Z",
    });
    let (_, made) = send(&emulator, "POST", "/event/", &with(event(whose), times)).await;
    assert_eq!(made["start"], "2026-07-01T10:00:00");
    assert_eq!(made["end"], "2026-07-01T10:00:00+03:30");
    assert_eq!(made["created_on"], "2026-07-01T08:00:00.123Z");
    let path = format!("/event/{}/", id_in(&made["url"]));
    let later = read(&emulator, &path).await;
    assert_eq!(later["start"], "2026-07-01T08:00:00Z");
    assert_eq!(later["end"], "2026-07-01T06:30:00Z");
    let (_, patched) = send(&emulator, "PATCH", &path, &json!({ "title": "x" })).await;
    assert_eq!(patched["start"], "2026-07-01T08:00:00Z", "what wasn't sent isn't echoed");
    let alarm =
        json!({ "event": link("event", id_in(&made["url"])), "daily_start": "6:30", "daily_stop": "20:00:00.25" });
    let id = make(&emulator, "alarm", &alarm).await;
    let alarm = read(&emulator, &format!("/alarm/{id}/")).await;
    assert_eq!((&alarm["daily_start"], &alarm["daily_stop"]), (&json!("06:30:00"), &json!("20:00:00.250")));
}

/// A zone whose clocks go back at three o'clock each night, and skip the hour after four.
#[derive(Debug, Clone)]
struct Odd;

impl TimeZone for Odd {
    type Offset = FixedOffset;

    fn from_offset(_: &FixedOffset) -> Self {
        Self
    }

    fn offset_from_local_date(&self, _: &NaiveDate) -> MappedLocalTime<FixedOffset> {
        MappedLocalTime::None
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<FixedOffset> {
        let offset = |hours: i32| FixedOffset::east_opt(hours * 3600).unwrap();
        match local.hour() {
            2 => MappedLocalTime::Ambiguous(offset(2), offset(1)),
            4 => MappedLocalTime::None,
            _ => MappedLocalTime::Single(offset(1)),
        }
    }

    fn offset_from_utc_date(&self, _: &NaiveDate) -> FixedOffset {
        FixedOffset::east_opt(3600).unwrap()
    }

    fn offset_from_utc_datetime(&self, _: &NaiveDateTime) -> FixedOffset {
        FixedOffset::east_opt(3600).unwrap()
    }
}

#[tokio::test]
async fn an_ambiguous_or_nonexistent_local_time_gets_500() {
    let emulator = Emulator::builder().repaired().time_zone(Odd).start().await.unwrap();
    let whose = calendar(&emulator, "jo").await;
    for (start, status) in [("02:30", 500), ("04:30", 500), ("03:30", 201), ("02:30Z", 201), ("04:30+01", 201)] {
        let body = with(event(whose), json!({ "start": format!("2100-03-28 {start}") }));
        assert_eq!(send(&emulator, "POST", "/event/", &body).await.0, status, "{start}");
    }
    assert_eq!(emulator.controller().events().len(), 3);
}

#[tokio::test]
async fn the_default_end_does_not_depend_on_the_start() {
    let emulator = start().await;
    let whose = calendar(&emulator, "jo").await;
    let id = make(&emulator, "event", &with(event(whose), json!({ "start": "2100-01-01T00:00:00Z" }))).await;
    let event = emulator.controller().event(id).unwrap();
    assert!(event.end < event.start);
    let from_now = event.end - emulator.clock().now();
    assert!(from_now.num_minutes() >= 58 && from_now.num_minutes() <= 60, "{from_now}");
}

#[tokio::test]
async fn lists_have_pages_of_ten() {
    let emulator = Emulator::start().await.unwrap();
    let empty = json!({ "count": 0, "next": null, "previous": null, "results": [] });
    assert_eq!(read(&emulator, "/calendar/").await, empty);
    assert_eq!(read(&emulator, "/calendar/?page=last").await, empty);
    for n in 1..=21 {
        make(&emulator, "calendar", &json!({ "name": format!("c{n}") })).await;
    }
    let names = |page: &Value| {
        let results = page["results"].as_array().unwrap();
        results.iter().map(|row| row["name"].as_str().unwrap()[1..].parse().unwrap()).collect::<Vec<u32>>()
    };
    let list = "http://emulator/rest-api/calendar/";
    let page = read(&emulator, "/calendar/?page_size=3&search=c7&ordering=-name").await;
    assert_eq!((&page["count"], names(&page)), (&json!(21), (1..=10).collect()));
    assert_eq!(page["next"], format!("{list}?page_size=3&search=c7&ordering=-name&page=2"));
    assert_eq!(page["previous"], Value::Null);
    let page = read(&emulator, "/calendar/?page=2&x=1").await;
    assert_eq!((names(&page), &page["next"]), ((11..=20).collect(), &json!(format!("{list}?x=1&page=3"))));
    assert_eq!(page["previous"], format!("{list}?x=1&page=1"));
    let last = read(&emulator, "/calendar/?page=last").await;
    assert_eq!((names(&last), &last["next"]), (vec![21], &Value::Null));
    for page in ["0", "4", "-1", "x", ""] {
        let response = get(&emulator, &format!("/calendar/?page={page}")).await;
        assert_eq!(response, (404, json!({ "detail": "Not found" })), "{page}");
    }
}

#[tokio::test]
async fn an_option_moves_changed_rows_to_the_end_of_lists() {
    let emulator = Emulator::builder().unordered_lists().start().await.unwrap();
    for name in ["a", "b", "c"] {
        make(&emulator, "calendar", &json!({ "name": name })).await;
    }
    send(&emulator, "PATCH", "/calendar/1/", &json!({ "name": "changed" })).await;
    let list = read(&emulator, "/calendar/").await;
    let names: Vec<_> = list["results"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["b", "c", "changed"]);
}

#[tokio::test]
async fn a_put_resets_omitted_fields_and_creates_missing_rows() {
    let emulator = start().await;
    let whose = calendar(&emulator, "jo").await;
    let controller = emulator.controller();
    let id = make(
        &emulator,
        "event",
        &with(event(whose), json!({ "status": 3, "occ_count": 5, "start": "2030-01-01T00:00:00Z" })),
    )
    .await;
    let (status, replaced) = send(&emulator, "PUT", &format!("/event/{id}/"), &event(whose)).await;
    assert_eq!((status, &replaced["status"], &replaced["occ_count"]), (200, &json!(1), &json!(0)));
    assert_ne!(replaced["start"], "2030-01-01T00:00:00Z");
    let before = emulator.controller().calendar(whose.1).unwrap();
    emulator.clock().advance(Duration::from_secs(5));
    let (_, calendar) = send(&emulator, "PUT", &format!("/calendar/{}/", whose.1), &json!({ "name": "x" })).await;
    assert_eq!((&calendar["user"], &calendar["max_concurrent"]), (&Value::Null, &json!(0)));
    assert_eq!(controller.calendar(whose.1).unwrap().created_date, before.created_date);
    let back = json!({ "user": link("calendar-user", whose.0) });
    assert_eq!(send(&emulator, "PATCH", &format!("/calendar/{}/", whose.1), &back).await.0, 200);
    let response = request("PUT", "/event/77/").json_body(&event(whose)).send(&emulator).await;
    assert_eq!((response.status, response.header("location")), (201, None));
    assert_eq!(response.object()["url"], "http://emulator/rest-api/event/77/");
    let (status, made) = send(&emulator, "PUT", "/calendar-setting/77/", &setting()).await;
    assert_eq!((status, id_in(&made["url"])), (201, 2), "an owned row comes under another id");
    let (status, errors) = send(&emulator, "PUT", "/event/abc/", &event(whose)).await;
    assert_eq!((status, errors), (400, json!({ "id": ["'id' value must be an integer."] })));
    let (status, errors) = send(&emulator, "PUT", &format!("/event/{id}/"), &json!({ "title": "x" })).await;
    assert_eq!((status, errors), (400, json!({ "creator": [REQUIRED], "calendar": [REQUIRED] })));

    controller.add_user(NewUser::new("desk", "secret").every_permission()).unwrap();
    let put = request_as(DESK, "PUT", &format!("/calendar/{}/", whose.1)).json_body(&json!({ "name": "mine" }));
    assert_eq!(put.send(&emulator).await.status, 500, "the id is taken by a row that the caller doesn't see");
    controller.revoke("desk", "add_calendar").unwrap();
    let put = request_as(DESK, "PUT", "/calendar/99/").json_body(&json!({ "name": "mine" }));
    assert_eq!(put.send(&emulator).await.status, 403);
    assert_eq!(controller.events().len(), 2);
    assert_eq!(controller.calendars().len(), 1);
}

#[tokio::test]
async fn a_put_keeps_omitted_fields_that_have_no_default() {
    let emulator = start().await;
    let whose = calendar(&emulator, "jo").await;
    let made = make(&emulator, "event", &with(event(whose), json!({ "description": "x", "data": { "a": 1 } }))).await;
    let (user, put_user) = (format!("/calendar-user/{}/", whose.0), json!({ "username": "jo", "password": "p" }));
    let names = json!({ "first_name": "Jo", "last_name": "Doe", "email": "jo@example.org" });
    let alarm = json!({ "event": link("event", made) });
    let kept_of_alarm = json!({
        "alarm_phonenumber": "123", "alarm_email": "a@example.org", "url_cancel": "http://a.example/",
        "url_confirm": "http://b.example/", "phonenumber_transfer": "456", "phonenumber_sms_failure": "789",
    });
    let alarm_id = make(&emulator, "alarm", &with(alarm.clone(), kept_of_alarm.clone())).await;
    let named = with(setting(), json!({ "callerid": "44", "caller_name": "Desk" }));
    let setting_id = make(&emulator, "calendar-setting", &named).await;
    for (path, change, put) in [
        (format!("/event/{made}/"), json!({ "description": "y", "data": { "b": 2 } }), event(whose)),
        (user, names, put_user),
        (format!("/alarm/{alarm_id}/"), kept_of_alarm, alarm),
        (format!("/calendar-setting/{setting_id}/"), json!({ "caller_name": "Night" }), setting()),
    ] {
        assert_eq!(send(&emulator, "PATCH", &path, &change).await.0, 200, "{path}");
        let (status, replaced) = send(&emulator, "PUT", &path, &put).await;
        assert_eq!(status, 200, "{path} {replaced}");
        for (field, kept) in change.as_object().unwrap() {
            assert_eq!(&replaced[field], kept, "{path} {field}");
        }
    }
}

#[tokio::test]
async fn a_write_makes_its_caller_the_owner() {
    let emulator = start().await;
    let controller = emulator.controller();
    controller.add_user(NewUser::new("desk", "secret").every_permission()).unwrap();
    let (user, calendar) = calendar(&emulator, "jo").await;
    let desk = async |method, path: &str, body: &Value| {
        outcome(&request_as(DESK, method, path).json_body(body).send(&emulator).await)
    };
    assert_eq!(desk("GET", &format!("/calendar/{calendar}/"), &json!({})).await.0, 404);
    // Everybody can write the profile, and an empty write makes the caller its manager.
    let (status, profile) = desk("PATCH", &format!("/calendar-user-profile/{user}/"), &json!({})).await;
    assert_eq!((status, &profile["manager"]), (200, &json!("desk")));
    assert_eq!(desk("GET", &format!("/calendar/{calendar}/"), &json!({})).await.0, 200);
    let mine = event((user, calendar));
    let (status, made) = desk("POST", "/event/", &mine).await;
    assert_eq!(status, 201);
    // A superuser sees it, but can't refer to it.
    let path = format!("/event/{}/", id_in(&made["url"]));
    assert_eq!(get(&emulator, &path).await.0, 200);
    let refused = errors(&emulator, "event", &mine).await;
    let missing = json!(["Invalid hyperlink - object does not exist."]);
    assert_eq!(refused, json!({ "creator": missing, "calendar": missing }));
    let alarm = json!({ "event": link("event", id_in(&made["url"])) });
    assert_eq!(errors(&emulator, "alarm", &alarm).await, json!({ "event": missing }));
    let (_, whose_alarm) = desk("POST", "/alarm/", &alarm).await;
    let tried = json!({ "alarm": whose_alarm["url"], "date": "2100-01-01T00:00:00Z" });
    assert_eq!(errors(&emulator, "alarm-request", &tried).await, json!({ "alarm": missing }));
    let strange = with(alarm, json!({ "survey": link("sealed-survey", 1) }));
    assert_eq!(desk("POST", "/alarm/", &strange).await, (400, json!({ "survey": missing })));
    let (kim, kim_s) = crate::support::newfies::calendar(&emulator, "kim").await;
    let child = with(event((kim, kim_s)), json!({ "parent_event": made["url"] }));
    assert_eq!(errors(&emulator, "event", &child).await, json!({ "parent_event": missing }));
    // A superuser's change makes the superuser the owner of a setting.
    let stranger = controller.add_survey("desk", "Desk").unwrap();
    let survey = controller.seal_survey(stranger).unwrap();
    let (_, setting) =
        desk("POST", "/calendar-setting/", &with(setting(), json!({ "survey": link("sealed-survey", survey) }))).await;
    assert_eq!(setting["user"], "desk");
    let path = format!("/calendar-setting/{}/", id_in(&setting["url"]));
    assert_eq!(send(&emulator, "PATCH", &path, &json!({ "label": "x" })).await.1["user"], "manager");
    assert_eq!(desk("GET", &path, &json!({})).await.0, 404);
}

#[tokio::test]
async fn a_calendar_without_a_user_is_only_visible_to_superusers_and_unusable() {
    let emulator = start().await;
    let (user, _) = calendar(&emulator, "jo").await;
    let nobody_s = make(&emulator, "calendar", &json!({ "name": "nobody's" })).await;
    assert_eq!(read(&emulator, "/calendar/").await["count"], 2);
    let refused = errors(&emulator, "event", &event((user, nobody_s))).await;
    assert_eq!(refused, json!({ "calendar": ["Invalid hyperlink - object does not exist."] }));
    emulator.controller().set_superuser("manager", false).unwrap();
    assert_eq!(read(&emulator, "/calendar/").await["count"], 1);
    assert_eq!(get(&emulator, &format!("/calendar/{nobody_s}/")).await.0, 404);
}

#[tokio::test]
async fn deleting_a_row_deletes_what_refers_to_it() {
    let emulator = start().await;
    let controller = emulator.controller();
    let counts = || {
        (
            controller.calendars().len(),
            controller.events().len(),
            controller.alarms().len(),
            controller.alarm_requests().len(),
        )
    };
    let mut users = Vec::new();
    for name in ["jo", "kim"] {
        let whose = calendar(&emulator, name).await;
        let first = make(&emulator, "event", &event(whose)).await;
        make(&emulator, "event", &with(event(whose), json!({ "parent_event": link("event", first) }))).await;
        let alarm = json!({ "event": link("event", first), "survey": link("sealed-survey", 1) });
        controller.ring(make(&emulator, "alarm", &alarm).await).unwrap();
        users.push((whose, first));
    }
    assert_eq!(counts(), (2, 4, 2, 2));
    let response = request("DELETE", &format!("/event/{}/", users[0].1)).send(&emulator).await;
    assert_eq!((response.status, response.body.len(), response.header("content-type")), (204, 0, None));
    assert_eq!(response.header("allow"), Some("GET, PUT, PATCH, DELETE, HEAD, OPTIONS"));
    assert_eq!(counts(), (2, 2, 1, 1));
    assert_eq!(request("DELETE", &format!("/event/{}/", users[0].1)).send(&emulator).await.status, 404);
    assert_eq!(request("DELETE", &format!("/calendar/{}/", users[1].0.1)).send(&emulator).await.status, 204);
    assert_eq!(counts(), (1, 0, 0, 0));
    assert_eq!(controller.calendar_users().len(), 2);
    assert_eq!(request("DELETE", &format!("/calendar-user/{}/", users[0].0.0)).send(&emulator).await.status, 204);
    assert_eq!((counts().0, controller.calendar_users().len(), controller.users().len()), (0, 1, 2));
    assert_eq!(request("DELETE", "/calendar-setting/1/").send(&emulator).await.status, 204);
    assert_eq!(controller.calendar_user_profiles(), []);
    assert_eq!(controller.users().len(), 2, "the calendar user stays, without a profile");
}

#[tokio::test]
async fn invisible_and_missing_rows_look_the_same() {
    let emulator = start().await;
    let controller = emulator.controller();
    controller.add_user(NewUser::new("desk", "secret").every_permission()).unwrap();
    let whose = calendar(&emulator, "jo").await;
    let event = make(&emulator, "event", &event(whose)).await;
    let alarm = make(&emulator, "alarm", &json!({ "event": link("event", event) })).await;
    let not_found = (404, json!({ "detail": "Not found" }));
    for path in [
        format!("/event/{event}/"),
        format!("/event/{event}/get_list_child/"),
        format!("/alarm/{alarm}/"),
        format!("/calendar/{}/", whose.1),
        "/calendar-setting/1/".to_owned(),
        "/sealed-survey/1/".to_owned(),
        "/event/99/".to_owned(),
        "/event/abc/".to_owned(),
    ] {
        assert_eq!(outcome(&request_as(DESK, "GET", &path).send(&emulator).await), not_found, "{path}");
    }
    for list in ["/event/", "/alarm/", "/calendar/", "/calendar-setting/", "/sealed-survey/"] {
        assert_eq!(outcome(&request_as(DESK, "GET", list).send(&emulator).await).1["count"], 0, "{list}");
    }
}

#[tokio::test]
async fn static_resources_can_be_read() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let (mail, sms) = (controller.add_mail_template("Mail", "Hello"), controller.add_sms_template("Text", "Hi"));
    for (path, field, value) in [
        ("/gateway/1/".to_owned(), "status", json!(1)),
        ("/sms-gateway/1/".to_owned(), "base_url", json!("http://sms.example.com/send")),
        ("/sealed-survey/1/".to_owned(), "user", json!("http://emulator/rest-api/users/1/")),
        ("/survey-template/1/".to_owned(), "user", json!("manager")),
        (format!("/mail-template/{mail}/"), "message_plaintext", json!("Hello")),
        (format!("/sms-template/{sms}/"), "sms_text", json!("Hi")),
        ("/rule/2/".to_owned(), "params", json!("count:10;byweekday:0,1,2,3,4")),
        ("/rule/6/".to_owned(), "frequency", json!("DAILY")),
    ] {
        assert_eq!(read(&emulator, &path).await[field], value, "{path}");
    }
    assert_eq!(get(&emulator, "/rule/3/").await.0, 404, "there never was one");
    assert_eq!(read(&emulator, "/rule/").await["count"], 5);
}

#[tokio::test]
async fn users_in_groups_crash_their_page() {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    for n in 2..=12 {
        controller.add_user(NewUser::new(format!("user{n}"), "secret")).unwrap();
    }
    assert_eq!(read(&emulator, "/users/2/").await["username"], "user2");
    controller.add_to_group("user12", "desk").unwrap();
    assert_eq!(read(&emulator, "/users/").await["results"][0]["groups"], json!([]));
    assert_eq!(get(&emulator, "/users/?page=2").await.0, 500);
    assert_eq!(get(&emulator, "/users/12/").await.0, 500);
}

#[tokio::test]
async fn settings_crash_for_a_caller_without_a_profile() {
    let emulator = start().await;
    let root = ("root", "secret");
    emulator.controller().add_user(NewUser::new("root", "secret").superuser().without_profile()).unwrap();
    let as_root =
        async |method, path| request_as(root, method, path).json_body(&setting()).send(&emulator).await.status;
    assert_eq!(as_root("GET", "/calendar-setting/").await, 200, "there is none yet");
    assert_eq!(as_root("POST", "/calendar-setting/").await, 500);
    make(&emulator, "calendar-setting", &setting()).await;
    assert_eq!(as_root("GET", "/calendar-setting/").await, 500);
    assert_eq!(as_root("GET", "/calendar-setting/1/").await, 500);
    assert_eq!(as_root("GET", "/event/").await, 200);
}

#[tokio::test]
async fn behind_tls_some_links_still_use_http() {
    let emulator = Emulator::builder().generation(Generation::G1).behind_tls().start().await.unwrap();
    emulator.clock().advance(Duration::from_secs(1));
    let whose = calendar(&emulator, "jo").await;
    let first = make(&emulator, "event", &event(whose)).await;
    make(&emulator, "event", &with(event(whose), json!({ "parent_event": link("event", first) }))).await;
    let begins = |value: &Value, scheme: &str| value.as_str().unwrap().starts_with(scheme);
    assert!(begins(&read(&emulator, "/event/").await["results"][0]["url"], "https://emulator/"));
    assert!(begins(&read(&emulator, &format!("/event/{first}/get_list_child/")).await["url"], "http://emulator/"));
    assert!(begins(&read(&emulator, "/calendar-user/").await["url"], "http://emulator/"));
    assert!(begins(&read(&emulator, "/calendar-user-profile/").await["calendar_setting"], "http://emulator/"));
}

#[tokio::test]
async fn odd_values_are_read_as_the_last_release_reads_them() {
    // Seen on the real server, develop 8168b3d with Django 1.7.7 and Django REST framework 2.4.4.
    let emulator = start().await;
    let whose = calendar(&emulator, "jo").await;
    let event_id = make(&emulator, "event", &event(whose)).await;
    let child = with(event(whose), json!({ "parent_event": link("event", event_id) }));
    let child = make(&emulator, "event", &child).await;
    let (event_path, setting_path) = (format!("/event/{event_id}/"), "/calendar-setting/1/".to_owned());
    let user_path = format!("/calendar-user/{}/", whose.0);
    for (path, sent, status) in [
        (&event_path, json!({ "status": " 2 " }), 400),
        (&event_path, json!({ "status": 1.0 }), 200),
        (&event_path, json!({ "status": "0" }), 400),
        (&event_path, json!({ "start": "9999-12-31T23:59:59-12:00" }), 500),
        (&event_path, json!({ "data": "\"\\\"x\\\"\"" }), 200),
        (&event_path, json!({ "data": "\"x\"" }), 500),
        (&event_path, json!({ "title": ["a", 1] }), 200),
        (&setting_path, json!({ "sms_gateway": null }), 200),
        (&setting_path, json!({ "sms_gateway": "" }), 200),
        (&setting_path, json!({ "sms_gateway": "None" }), 200),
        (&user_path, json!({ "username": "j\u{f6}" }), 400),
        (&user_path, json!({ "email": "\u{e4}@b.com" }), 400),
        (&user_path, json!({ "email": "a@localhost" }), 200),
    ] {
        let (found, body) = send(&emulator, "PATCH", path, &sent).await;
        assert_eq!(found, status, "{sent} {body}");
    }
    assert_eq!(read(&emulator, &event_path).await["title"], "[u'a', 1]");
    assert_eq!(read(&emulator, &setting_path).await["sms_gateway"], Value::Null);
    let last_child = format!("/event/{event_id}/update_last_child_status/");
    for (status, stored) in [(json!(true), 1), (json!(2.5), 2)] {
        assert_eq!(send(&emulator, "PATCH", &last_child, &json!({ "status": status })).await.0, 200);
        assert_eq!(emulator.controller().events().iter().find(|event| event.id == child).unwrap().status, Some(stored));
    }
    assert_eq!(send(&emulator, "POST", "/rule/", &json!({})).await.0, 405);
    assert_eq!(send(&emulator, "DELETE", "/rule/1/", &json!({})).await.0, 405);
}
