//! What this client sends beyond the table, and what is refused before it is sent.

use super::operations::{contract, new_event};
use crate::mock_server::{answer_all, bare, newfies, received};
use care_testkit::contract::{assert_unsent, error_of};
use newfies_client::*;
use std::collections::BTreeSet;
use wiremock::{MockServer, ResponseTemplate};

#[test]
fn there_are_48_operations_each_with_a_name_of_its_own() {
    let contract = contract();
    let names: BTreeSet<_> = contract.operations().iter().map(|operation| operation.name()).collect();
    assert_eq!((contract.operations().len(), names.len()), (48, 48));
}

#[tokio::test]
async fn no_request_overrides_its_method() {
    // NEWF-53: the server would execute a POST as the other method.
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations() {
        contract.exchange(&server, operation, &[operation.answer().clone()]).await.attempts(operation.name());
        for request in received(&server).await {
            let names: Vec<_> = request.headers.keys().map(|name| name.as_str()).collect();
            assert!(!names.iter().any(|name| name.contains("method")), "{}: {names:?}", operation.name());
            let body = String::from_utf8_lossy(&request.body).into_owned();
            assert!(!body.contains("_method") && request.url.query().is_none(), "{}: {body}", operation.name());
        }
    }
}

#[tokio::test]
async fn a_token_replaces_user_and_password() {
    let connect = |server: &MockServer, options| bare(server).options(options).token("0123").build().unwrap();
    contract().requests_match_with(connect, |expected| expected.header("authorization", "Token 0123")).await;
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let connect = |server: &MockServer, options| bare(server).options(options).build().unwrap();
    contract().nothing_is_sent_without_credentials(connect).await;
}

#[tokio::test]
async fn passwords_are_sent_in_the_encoding_that_the_server_reads() {
    // NEWF-52
    let server = MockServer::start().await;
    for (password, header) in [("hüsh", "Basic bTpo/HNo"), ("a:b", "Basic bTphOmI=")] {
        let client = bare(&server).basic_auth("m", password).build().unwrap();
        let _ = client.events().list(List::new()).await;
        let requests = received(&server).await;
        assert_eq!(requests.last().unwrap().headers["authorization"], header, "{password}");
    }
    // What that encoding lacks is refused by every such server: 403, whatever is sent.
    for (user, password) in [("m", "h€sh"), ("m", "пароль"), ("Łukasz", "hush"), ("m", "\u{1f511}")] {
        let error = bare(&server).basic_auth(user, password).build().unwrap_err();
        assert!(error.kind() == Kind::Config && error.to_string().contains("use a token"), "{error}");
    }
}

#[tokio::test]
async fn credentials_that_were_read_with_a_line_break_are_refused_when_the_client_is_built() {
    let server = MockServer::start().await;
    for end in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"] {
        let canary = format!("canary{end}");
        for builder in [
            bare(&server).basic_auth("m", canary.as_str()),
            bare(&server).basic_auth(canary.as_str(), "hush"),
            bare(&server).token(canary.as_str()),
        ] {
            let error = builder.build().unwrap_err();
            let text = format!("{error} {error:?} {}", error.report());
            assert!(error.kind() == Kind::Config && text.contains("trailing newline"), "{end:?}: {text}");
            assert!(!text.contains("canary"), "{text}");
        }
    }
}

#[tokio::test]
async fn a_cookie_that_the_server_sets_is_not_sent_back() {
    // NEWF-46
    let (contract, server) = (contract(), MockServer::start().await);
    let children = contract.operation("newfies.events.children").answer().clone();
    let answer = children.header("set-cookie", "sessionid=0000; httponly; Path=/");
    answer_all(&server, ResponseTemplate::from(answer)).await;
    let client = newfies(&server);
    for _ in 0..2 {
        client.events().children(5).await.unwrap();
    }
    let requests = received(&server).await;
    assert!(requests.len() == 2 && requests.iter().all(|request| !request.headers.contains_key("cookie")));
}

#[tokio::test]
async fn the_base_url_has_any_prefix_with_or_without_the_api() {
    let server = MockServer::start().await;
    for (base, path) in [
        (server.uri(), "/rest-api/event/"),
        (format!("{}/rest-api/", server.uri()), "/rest-api/event/"),
        (format!("{}/dialer", server.uri()), "/dialer/rest-api/event/"),
    ] {
        let client = Newfies::builder().base_url(base).basic_auth("m", "x").build().unwrap();
        let _ = client.events().list(List::new()).await;
        assert_eq!(received(&server).await.last().unwrap().url.path(), path);
    }
}

#[tokio::test]
async fn ids_and_links_convert_to_each_other_in_arguments() {
    // NEWF-10, NEWF-44
    let server = MockServer::start().await;
    answer_all(&server, ResponseTemplate::new(400)).await;
    let client = newfies(&server);
    let creator = CalendarUserId::from(6);
    let link: Link<Event> = "https://elsewhere.example.com/rest-api/event/7/".parse().unwrap();
    let _ = client.events().update(link, EventPatch::new().creator(creator).parent_event(link)).await;
    let request = received(&server).await.remove(0);
    assert_eq!(request.url.path(), "/rest-api/event/7/");
    let body: serde_json::Value = request.body_json().unwrap();
    assert_eq!(body["creator"], "/rest-api/calendar-user/6/");
    assert_eq!(body["parent_event"], "/rest-api/event/7/");
}

#[tokio::test]
async fn invalid_input_is_refused() {
    let server = MockServer::start().await;
    let client = newfies(&server);
    let at = |text: &str| ServerTime::At(text.parse().unwrap());
    let (early, late) = (at("2026-12-01T10:00:00Z"), at("2026-12-01T11:00:00Z"));
    let refusals = [
        (
            "blank label",
            error_of(client.calendar_settings().create(NewCalendarSetting::new(" ", 1, 1, 1))).await,
            "`label`",
        ),
        ("blank user", error_of(client.calendar_users().create(NewCalendarUser::new("", "x"))).await, "`username`"),
        ("blank password", error_of(client.calendar_users().create(NewCalendarUser::new("x", ""))).await, "`password`"),
        ("blank name", error_of(client.calendars().create(NewCalendar::new("", 6))).await, "`name`"),
        ("blank title", error_of(client.events().update(3, EventPatch::new().title(" "))).await, "`title`"),
        (
            "blank number",
            error_of(client.alarms().create(NewAlarm::call(3, early, "", 1))).await,
            "`alarm_phonenumber`",
        ),
        // NEWF-28
        (
            "end before start",
            error_of(client.events().create(NewEvent::new("t", 6, 4, late, early))).await,
            "doesn't end after it starts",
        ),
        (
            "end at start",
            error_of(client.events().replace(3, NewEvent::new("t", 6, 4, late, late))).await,
            "doesn't end after it starts",
        ),
        // NEWF-24
        (
            "clear text",
            error_of(client.calendar_users().replace(6, CalendarUserReplacement::new("u", "hush"))).await,
            "clear text",
        ),
        // NEWF-25
        (
            "undocumented status",
            error_of(client.events().set_last_child_status(5, EventStatus::Other(99))).await,
            "documented one",
        ),
        ("no change", error_of(client.events().update(3, EventPatch::new())).await, "patch is empty"),
        ("no change", error_of(client.alarms().update(3, AlarmPatch::new())).await, "patch is empty"),
    ];
    assert_unsent(&server, Kind::Request, &refusals).await;
}

#[test]
fn an_unusable_configuration_fails_the_build() {
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
        ("a broken token", builder().token("canary\nx"), "trailing newline"),
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
fn bodies_hold_exactly_the_fields_that_were_set() {
    // NEWF-30, NEWF-31, NEWF-35
    let client = Newfies::builder().base_url("http://127.0.0.1:1").basic_auth("m", "x").build().unwrap();
    let parts = client.events().create(new_event().occ_count(2)).parts().unwrap();
    let body: serde_json::Value = serde_json::from_slice(parts.body_bytes()).unwrap();
    let keys: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["calendar", "creator", "end", "end_recurring_period", "occ_count", "start", "status", "title"]);
    let parts = client.calendar_settings().update(3, CalendarSettingPatch::new().voicemail(false)).parts().unwrap();
    assert_eq!(parts.body_bytes(), r#"{"voicemail":false}"#);
}
