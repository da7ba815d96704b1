//! No secret and no personal value appears where programs print: in `Debug`, errors, reports, spans and observed
//! events.

use crate::{documented::operations::contract, mock_server::options};
use care_emulators::newfies::{Emulator, Generation};
use care_testkit::{
    RecordingObserver, SocketlessTransport, Step,
    canary::{Echo, Printed},
};
use chrono::{TimeDelta, Utc};
use marked::{TEXT, alarm, at, data, event, setting, user};
use newfies_client::*;
use serde_json::{Value, json};
use std::{fmt::Debug, time::Duration};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path_regex},
};

/// A success whose row has values of the wrong type.
const WRONG_FORM: Echo = Echo::Own(200, "application/json", |all| {
    json!({"url": all, "title": [all], "id": all, "start": all, "name": {"a": all}, "username": 7}).to_string()
});
/// A success whose page has one unreadable row.
const WRONG_ROW: Echo = Echo::Own(200, "application/json", |all| {
    json!({"count": 1, "next": all, "previous": all, "results": [{"url": all, "canary": all}]}).to_string()
});
/// A refusal with messages about fields.
const FIELDS: Echo = Echo::Own(400, "application/json", |all| {
    json!({"title": [all], "__all__": [all], "data": {"doc_name": [all]}}).to_string()
});
/// A refusal with a detail.
const DETAIL: Echo = Echo::Own(403, "application/json", |all| json!({"detail": all}).to_string());
/// An error with status 200.
const ERROR: Echo = Echo::Own(200, "application/json", |all| json!({"error": all}).to_string());
/// A success whose body is truncated.
const HALF: Echo = Echo::Own(200, "application/json", |all| format!("{{\"title\": \"{}", all.replace('"', " ")));

const OWN: [Echo; 6] = [WRONG_FORM, WRONG_ROW, FIELDS, DETAIL, ERROR, HALF];

/// A client whose credentials are marked.
fn marked_client(server: &MockServer, options: Options) -> Newfies {
    marked_builder(server, options).build().unwrap()
}

fn marked_builder(server: &MockServer, options: Options) -> NewfiesBuilder {
    Newfies::builder().base_url(server.uri()).basic_auth("canary-user", "canary-password").options(options)
}

#[tokio::test]
async fn errors_of_a_server_that_echoes_everything_show_nothing_personal() {
    contract().errors_reveal_nothing(marked_client, &OWN, everything_else).await;
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn spans_and_events_show_nothing_personal() {
    let own = [WRONG_FORM, WRONG_ROW, FIELDS];
    contract().traces_reveal_nothing(marked_client, &own, &["newfies.raw"], everything_else).await;
}

#[tokio::test]
async fn decoded_answers_show_nothing_personal() {
    let server = MockServer::start().await;
    for (verb, at, body) in answers() {
        let answer = ResponseTemplate::new(200).set_body_json(body);
        let at = format!("^/rest-api/{}$", at.replace("/N/", "/[0-9]+/"));
        Mock::given(method(verb)).and(path_regex(at)).respond_with(answer).mount(&server).await;
    }
    Mock::given(method("DELETE")).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let (mut printed, observer) = (Printed::default(), RecordingObserver::default());
    let builder = marked_builder(&server, options().observer(observer.clone()));
    printed.debug(&builder);
    let newfies = builder.build().unwrap();
    printed.debug(&(&newfies, newfies.clone(), newfies.events()));
    every_debug(&newfies, &mut printed);
    contract().print_every_call(&newfies, &mut printed).await;
    everything_else(&newfies, &mut printed).await;
    let event = newfies.events().get(7).await.unwrap();
    assert!(event.title.contains("canary") && event.data.is_some(), "they can be had");
    let user = newfies.calendar_users().get(7).await.unwrap();
    assert!(user.password.unwrap().expose().contains("canary"));
    printed.text(observer.events());
    printed.shows_nothing();
}

#[tokio::test(start_paused = true)]
async fn results_of_workflows_show_nothing_personal() {
    let emulator = Emulator::builder().generation(Generation::G1).credentials("canary-user", "canary-password");
    let emulator = emulator.start().await.unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    let newfies = Newfies::builder().base_url("http://127.0.0.1").basic_auth("canary-user", "canary-password");
    let newfies = newfies.options(Options::new().transport(transport.clone())).build().unwrap();
    let mut printed = Printed::default();
    let wanted = reminder(CalendarUserRef::from(NewCalendarUser::new("canary-doctor", "canary-password")));
    transport.plan("POST", "/alarm/", [Step::Lost, Step::AnswerLost]);
    for _ in 0..2 {
        match newfies.schedule_reminder(wanted.clone()).await {
            Ok(scheduled) => printed.debug(&scheduled),
            Err(error) => printed.error(&error),
        }
    }
    let scheduled = newfies.schedule_reminder(wanted.clone()).await.unwrap();
    emulator.controller().ring(scheduled.alarms[0].get()).unwrap();
    emulator.controller().confirm(scheduled.alarms[0].get()).unwrap();
    printed.debug(&newfies.wait_for_result(scheduled.alarms[0]).await.unwrap());
    printed.debug(&newfies.summary(scheduled.event).await.unwrap());
    printed.debug(&newfies.series(scheduled.event).await.unwrap());
    printed.debug(&newfies.pause_series(scheduled.event).await.unwrap());
    printed.debug(&newfies.preflight().await.unwrap());
    printed.error(&newfies.schedule_reminder(reminder(CalendarUserRef::named("canary-nobody"))).await.unwrap_err());
    printed.shows_nothing();
}

/// Values with a canary in every personal field.
pub(crate) mod marked {
    use chrono::{DateTime, TimeDelta, Utc};
    use newfies_client::{NewAlarm, NewCalendarSetting, NewCalendarUser, NewEvent};
    use serde_json::{Map, Value, json};

    pub(crate) const TEXT: &str = "canary +12025550177 canary@example.com";

    pub(super) fn at() -> DateTime<Utc> {
        "2026-12-01T10:00:00Z".parse().unwrap()
    }

    pub(crate) fn data() -> Map<String, Value> {
        json!({"doc_name": TEXT}).as_object().unwrap().clone()
    }

    pub(crate) fn setting() -> NewCalendarSetting {
        NewCalendarSetting::new("canary", 1, 1, 1).callerid(TEXT).caller_name(TEXT)
    }

    pub(crate) fn user() -> NewCalendarUser {
        NewCalendarUser::new(TEXT, "canary-password").email(TEXT).first_name(TEXT)
    }

    pub(crate) fn event() -> NewEvent {
        NewEvent::new(TEXT, 7, 7, at(), at() + TimeDelta::hours(1)).description(TEXT).data(data())
    }

    pub(crate) fn alarm() -> NewAlarm {
        NewAlarm::call(7, at(), TEXT, 1).alarm_email(TEXT).phonenumber_sms_failure(TEXT).url_cancel(TEXT)
    }
}

fn reminder(whose: CalendarUserRef) -> Reminder {
    let start = Utc::now() + TimeDelta::days(1);
    let call = Notice::call(TEXT).failure_sms("+12025550177");
    let call = if matches!(whose, CalendarUserRef::New(_)) { call } else { call.survey(1) };
    Reminder::new(whose, "canary calendar", "canary title", start, start + TimeDelta::hours(1))
        .setting(NewCalendarSetting::new("canary setting", 1, 1, 1).callerid("+12025550177"))
        .description(TEXT)
        .data(data())
        .notice(call)
}

/// Calls, workflows and their parts before they are sent.
fn every_debug(newfies: &Newfies, printed: &mut Printed) {
    let profile = CalendarUserProfilePatch::new().address(TEXT).phone_no(TEXT).accountcode(707107);
    printed.debug(&(setting(), user(), event(), alarm(), &profile, EventPatch::new().title(TEXT)));
    printed.debug(&(NewCalendar::new(TEXT, 7), CalendarUserReplacement::new(TEXT, "a$b$canary")));
    printed.debug(&reminder(CalendarUserRef::named(TEXT)));
    printed.debug(&(CalendarUserRef::from(user()), Notice::email(TEXT, 1), newfies.wait_for_result(7)));
    let create = newfies.events().create(event());
    printed.debug(&(create.parts().unwrap(), &create, newfies.events().list(List::new()), newfies.alarms().get(7)));
    printed.debug(&(newfies.calendar_users().create(user()), newfies.calendar_user_profiles().update(7, profile)));
}

fn note<T: Debug>(printed: &mut Printed, end: Result<T, Error>) {
    match end {
        Ok(value) => printed.debug(&value),
        Err(error) => {
            printed.error(&error);
            printed.debug(&error.fault::<ApiFault>());
        }
    }
}

/// What isn't in the table: an own request, what is refused before it is sent, and every workflow.
async fn everything_else(newfies: &Newfies, printed: &mut Printed) {
    let raw = RequestParts::post(["canary"]).query("key", TEXT).json(&json!({"doc_name": TEXT})).unwrap();
    note(printed, newfies.raw(raw).await);
    note(printed, newfies.events().create(event()).await);
    let reversed = NewEvent::new(TEXT, 7, 7, at(), at());
    note(printed, newfies.events().create(reversed).await);
    note(printed, newfies.calendar_users().replace(7, CalendarUserReplacement::new(TEXT, "canary")).await);
    for whose in [CalendarUserRef::Existing(7.into()), CalendarUserRef::named(TEXT), CalendarUserRef::from(user())] {
        note(printed, newfies.schedule_reminder(reminder(whose)).await);
    }
    let wait = newfies.wait_for_result(7).with_timeout(Duration::from_millis(20));
    note(printed, wait.await);
    note(printed, newfies.summary(7).await);
    note(printed, newfies.series(7).await);
    note(printed, newfies.pause_series(7).await);
    note(printed, newfies.resume_series(7).await);
    note(printed, newfies.cancel_series(7).await);
    note(printed, newfies.rule_named("canary").await);
    note(printed, newfies.preflight().await);
}

/// Good answers with a canary in every personal value: verb, path below the API, body.
fn answers() -> Vec<(&'static str, &'static str, Value)> {
    let text = "canary canary@example.com +12025550177";
    let at = "2013-12-16T11:19:29Z";
    let setting = json!({"url": "/rest-api/calendar-setting/7/", "user": text, "label": "surgery", "callerid": text,
        "caller_name": text, "survey": "/rest-api/sealed-survey/1/", "created_date": at});
    let user = json!({"url": "/rest-api/calendar-user/7/", "id": 7, "username": text, "password": text,
        "first_name": text,
        "last_name": text, "email": text, "calendar": {"name": text, "max_concurrent": 1}});
    let profile = json!({"manager": "canary-user", "id": 7, "user": 7, "address": text, "city": text, "state": text,
        "country": text, "zip_code": text, "phone_no": text, "fax": text, "company_name": text, "company_website": text,
        "language": text, "note": text, "accountcode": 707107, "calendar_setting": 7});
    let row = json!({"url": "/x/", "id": 7, "manager": text, "address": text, "phone_no": text, "accountcode": 707107});
    let calendar = json!({"url": "/rest-api/calendar/7/", "name": text, "user": "/rest-api/calendar-user/7/"});
    let event = json!({"url": "/rest-api/event/7/", "title": text, "description": text, "start": at, "end": at,
        "status": 1,
        "data": {"canary": text}});
    let child = json!({"url": "/rest-api/event/7/", "title": text, "description": text, "start": at, "end": at});
    let alarm = json!({"url": "/rest-api/alarm/7/", "alarm_phonenumber": text, "alarm_email": text,
        "method": 1, "status": 5,
        "event": "/rest-api/event/7/", "url_cancel": text, "url_confirm": text, "phonenumber_transfer": text,
        "phonenumber_sms_failure": text});
    let short = json!({"url": "/rest-api/alarm/7/", "title": text, "phonenumber": text, "status": "5"});
    let request = json!({"url": "/rest-api/alarm-request/7/", "date": at});
    let rule = json!({"url": "/rest-api/rule/7/", "name": "Daily", "frequency": "DAILY"});
    let named = json!({"url": "/rest-api/gateway/7/", "name": "gateway", "settings": {"canary": text}});
    let page =
        |row: &Value| json!({"count": 1, "next": "http://canary.example.com/", "previous": null, "results": [row]});
    let mut all = Vec::new();
    for (many, one, row, list) in [
        ("calendar-setting/", "calendar-setting/N/", &setting, page(&setting)),
        ("calendar-user/", "calendar-user/N/", &user, user.clone()),
        ("calendar-user-profile/", "calendar-user-profile/N/", &profile, row),
        ("calendar/", "calendar/N/", &calendar, page(&calendar)),
        ("event/", "event/N/", &event, page(&event)),
        ("alarm/", "alarm/N/", &alarm, page(&alarm)),
        ("alarm-request/", "alarm-request/N/", &request, page(&request)),
        ("rule/", "rule/N/", &rule, page(&rule)),
    ] {
        all.push(("GET", many, list));
        all.extend(
            [("POST", many), ("GET", one), ("PUT", one), ("PATCH", one)].map(|(verb, at)| (verb, at, row.clone())),
        );
    }
    all.push(("GET", "event/N/get_list_child/", child));
    all.push(("GET", "event/N/get_list_alarm/", short));
    all.push(("PATCH", "event/N/update_last_child_status/", json!({"status": "event status has been updated"})));
    let log = |event: u64| {
        let alarms = json!({"alarm-7": {"url": "/rest-api/alarm/7/"}});
        json!({"event-url": format!("/rest-api/event/{event}/"), format!("event-{event}"): alarms})
    };
    all.push(("GET", "alarm-request/5/get_nested_alarm_request/", log(5)));
    all.push(("GET", "alarm-request/7/get_nested_alarm_request/", log(7)));
    all.push(("GET", "gateway/", page(&named)));
    let other = |collection: &str| {
        let mut row = named.clone();
        row["url"] = format!("/rest-api/{collection}/7/").into();
        page(&row)
    };
    all.push(("GET", "sms-gateway/", other("sms-gateway")));
    all.push(("GET", "sealed-survey/", other("sealed-survey")));
    all.push(("GET", "users/", page(&json!({"url": "/rest-api/users/7/", "username": text}))));
    all
}
