use care_testkit::{RecordingObserver, canary::Printed};
use chrono::{DateTime, TimeDelta, Utc};
use newfies_client::*;
use serde_json::{Map, Value, json};
use std::{fmt::Debug, time::Duration};

pub(crate) fn builder(base: String, spy: &RecordingObserver) -> NewfiesBuilder {
    let quick = RetryPolicy::new().first_delay(Duration::from_micros(1));
    let options = Options::new().observer(spy.clone()).retry(quick);
    Newfies::builder().base_url(base).basic_auth("canary-user", "canary-password").options(options)
}

const TEXT: &str = "canary +12025550177 canary@example.com";

fn at() -> DateTime<Utc> {
    "2026-12-01T10:00:00Z".parse().unwrap()
}

fn data() -> Map<String, Value> {
    json!({"doc_name": TEXT}).as_object().unwrap().clone()
}

fn setting() -> NewCalendarSetting {
    NewCalendarSetting::new("canary", 1, 1, 1).callerid(TEXT).caller_name(TEXT)
}

fn user() -> NewCalendarUser {
    NewCalendarUser::new(TEXT, "canary-password").email(TEXT).first_name(TEXT)
}

fn event() -> NewEvent {
    NewEvent::new(TEXT, 7, 7, at(), at() + TimeDelta::hours(1)).description(TEXT).data(data())
}

fn alarm() -> NewAlarm {
    NewAlarm::call(7, at(), TEXT, 1).alarm_email(TEXT).phonenumber_sms_failure(TEXT).url_cancel(TEXT)
}

pub(crate) fn reminder(whose: Whose) -> Reminder {
    let start = Utc::now() + TimeDelta::days(1);
    let call = Notice::call(TEXT).failure_sms("+12025550177");
    let call = if matches!(whose, Whose::New(_)) { call } else { call.survey(1) };
    Reminder::new(whose, "canary calendar", "canary title", start, start + TimeDelta::hours(1))
        .setting(NewCalendarSetting::new("canary setting", 1, 1, 1).callerid("+12025550177"))
        .description(TEXT)
        .data(data())
        .notice(call)
}

/// What is not sent yet: calls, workflows and their parts.
pub(crate) fn every_debug(newfies: &Newfies, printed: &mut Printed) {
    let profile = CalendarUserProfilePatch::new().address(TEXT).phone_no(TEXT).accountcode(707107);
    printed.debug(&(setting(), user(), event(), alarm(), &profile, EventPatch::new().title(TEXT)));
    printed.debug(&(NewCalendar::new(TEXT, 7), CalendarUserReplacement::new(TEXT, "a$b$canary")));
    printed.debug(&reminder(Whose::named(TEXT)));
    printed.debug(&(Whose::from(user()), Notice::email(TEXT, 1), newfies.wait_for_result(7)));
    let create = newfies.events().create(event());
    printed.debug(&(create.parts().unwrap(), &create, newfies.events().list(), newfies.alarms().get(7)));
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

/// Every operation once, with its failure if it fails.
pub(crate) async fn every_call(newfies: &Newfies, printed: &mut Printed) {
    macro_rules! six {
        ($handle:ident, $new:expr, $patch:expr, $replacement:expr) => {
            note(printed, newfies.$handle().list().await);
            note(printed, newfies.$handle().get(7).response().await);
            note(printed, newfies.$handle().create($new).await);
            note(printed, newfies.$handle().update(7, $patch).await);
            note(printed, newfies.$handle().replace(7, $replacement).await);
            note(printed, newfies.$handle().delete(7).await);
        };
    }
    six!(calendar_settings, setting(), CalendarSettingPatch::new().callerid(TEXT), setting());
    let replacement = CalendarUserReplacement::new(TEXT, "a$b$canary");
    six!(calendar_users, user(), CalendarUserPatch::new().email(TEXT), replacement);
    let profile = NewCalendarUserProfile::new(7, 7).address(TEXT);
    six!(calendar_user_profiles, profile.clone(), CalendarUserProfilePatch::new().note(TEXT), profile);
    six!(calendars, NewCalendar::new(TEXT, 7), CalendarPatch::new().name(TEXT), NewCalendar::new(TEXT, 7));
    six!(events, event(), EventPatch::new().data(data()), event());
    six!(alarms, alarm(), AlarmPatch::new().alarm_phonenumber(TEXT), alarm());
    let request = NewAlarmRequest::new(7, at());
    six!(alarm_requests, request.clone(), AlarmRequestPatch::new().duration(1), request);
    note(printed, newfies.rules().list().await);
    note(printed, newfies.rules().get(7).await);
    note(printed, newfies.events().children(7).await);
    note(printed, newfies.events().alarms(7).await);
    note(printed, newfies.events().set_last_child_status(7, EventStatus::Paused).await);
    note(printed, newfies.alarm_requests().for_event(7).await);
    let raw = RequestParts::post(["canary"]).query("key", TEXT).json(&json!({"doc_name": TEXT})).unwrap();
    note(printed, newfies.raw(raw).await);
    // What is refused before it is sent says as little.
    let late = NewEvent::new(TEXT, 7, 7, at(), at());
    note(printed, newfies.events().create(late).await);
    note(printed, newfies.calendar_users().replace(7, CalendarUserReplacement::new(TEXT, "canary")).await);
}

/// Every workflow once.
pub(crate) async fn every_workflow(newfies: &Newfies, printed: &mut Printed) {
    for whose in [Whose::Existing(7.into()), Whose::named(TEXT), Whose::from(user())] {
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
