//! What is refused before anything is sent.

use crate::{
    documented::operations::{new_event, operations},
    mock_server::{bare, newfies},
};
use care_testkit::documented::{assert_unsent, fails};
use newfies_client::*;
use wiremock::MockServer;

#[tokio::test]
async fn input_that_cannot_be_right_is_refused() {
    let server = MockServer::start().await;
    let client = newfies(&server);
    let at = |text: &str| ServerTime::At(text.parse().unwrap());
    let (early, late) = (at("2026-12-01T10:00:00Z"), at("2026-12-01T11:00:00Z"));
    let refusals = [
        (
            "blank label",
            fails(client.calendar_settings().create(NewCalendarSetting::new(" ", 1, 1, 1))).await,
            "`label`",
        ),
        ("blank user", fails(client.calendar_users().create(NewCalendarUser::new("", "x"))).await, "`username`"),
        ("blank password", fails(client.calendar_users().create(NewCalendarUser::new("x", ""))).await, "`password`"),
        ("blank name", fails(client.calendars().create(NewCalendar::new("", 6))).await, "`name`"),
        ("blank title", fails(client.events().update(3, EventPatch::new().title(" "))).await, "`title`"),
        ("blank number", fails(client.alarms().create(NewAlarm::call(3, early, "", 1))).await, "`alarm_phonenumber`"),
        // NEWF-28
        (
            "end before start",
            fails(client.events().create(NewEvent::new("t", 6, 4, late, early))).await,
            "before it starts",
        ),
        (
            "end at start",
            fails(client.events().replace(3, NewEvent::new("t", 6, 4, late, late))).await,
            "before it starts",
        ),
        // NEWF-24
        (
            "clear text",
            fails(client.calendar_users().replace(6, CalendarUserReplacement::new("u", "hush"))).await,
            "clear text",
        ),
        // NEWF-25
        (
            "undocumented status",
            fails(client.events().set_last_child_status(5, EventStatus::Other(99))).await,
            "documented one",
        ),
        ("no change", fails(client.events().update(3, EventPatch::new())).await, "nothing is to be changed"),
        ("no change", fails(client.alarms().update(3, AlarmPatch::new())).await, "nothing is to be changed"),
    ];
    assert_unsent(&server, Kind::Request, &refusals).await;
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let server = MockServer::start().await;
    for operation in &operations() {
        let error = (operation.call)(bare(&server).build().unwrap()).await.unwrap_err();
        assert_unsent(&server, Kind::Config, &[(operation.name, error, "basic_auth()")]).await;
    }
}

#[test]
fn a_client_that_cannot_work_is_not_built() {
    let builder = || Newfies::builder().base_url("http://127.0.0.1:1");
    for (what, builder, tells) in [
        ("no server", Newfies::builder().basic_auth("m", "x"), "base_url"),
        (
            "plain http",
            Newfies::builder().base_url("http://dialer.example.com:8000").basic_auth("m", "x"),
            "plain http",
        ),
        (
            "a user in the URL",
            Newfies::builder().base_url("https://m:canary@dialer.example.com").basic_auth("m", "x"),
            "password",
        ),
        ("a colon in the user", builder().basic_auth("m:canary", "x"), "colon"),
        ("no user", builder().basic_auth("", "x"), "empty"),
        ("no token", builder().token(" "), "token is empty"),
        ("a broken token", builder().token("canary\nx"), "line break"),
        ("nonsense", Newfies::builder().base_url("dialer").basic_auth("m", "x"), "base URL"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Config, Outcome::NotSent), "{what}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(tells) && !shown.contains("canary"), "{what}: {shown}");
    }
    Newfies::builder().base_url("http://dialer.example.com").allow_plain_http().basic_auth("m", "x").build().unwrap();
}

#[test]
fn bodies_are_objects_of_the_fields_that_were_set() {
    // NEWF-30, NEWF-31, NEWF-35
    let client = Newfies::builder().base_url("http://127.0.0.1:1").basic_auth("m", "x").build().unwrap();
    let parts = client.events().create(new_event().occ_count(2)).parts().unwrap();
    let body: serde_json::Value = serde_json::from_slice(parts.body_bytes()).unwrap();
    let keys: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["calendar", "creator", "end", "end_recurring_period", "occ_count", "start", "status", "title"]);
    let parts = client.calendar_settings().update(3, CalendarSettingPatch::new().voicemail(false)).parts().unwrap();
    assert_eq!(parts.body_bytes(), r#"{"voicemail":false}"#);
}
