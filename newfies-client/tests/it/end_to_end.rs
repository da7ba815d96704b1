//! Over real sockets that break: the outcome is what the server did, and nothing is created twice.

use crate::support::*;
use care_emulators::Faults;
use newfies_client::*;
use std::time::Duration;

type Break = fn(&Faults);

/// Failures after which the outcome is unknown, and whether the server has done the work.
const UNKNOWN: [(Break, bool); 6] = [
    (Faults::drop_before_commit, false),
    (Faults::reset, false),
    (Faults::drop_after_commit, true),
    (Faults::reset_after_commit, true),
    (Faults::garbage, true),
    (Faults::html, true),
];

/// Failures in which the server has done the work, and its status says so.
const DONE: [Break; 2] = [Faults::truncate_body, Faults::reset_body];

async fn start_at(generation: Generation) -> (Emulator, Newfies) {
    let emulator = Emulator::builder().generation(generation).start().await.unwrap();
    let quick = RetryPolicy::new().first_delay(Duration::from_millis(1));
    let newfies = Newfies::builder().base_url(emulator.base_url()).basic_auth(emulator.username(), emulator.password());
    let newfies = newfies.options(Options::new().retry(quick)).build().unwrap();
    (emulator, newfies)
}

#[tokio::test]
async fn a_create_with_a_lost_answer_is_sent_once_and_its_outcome_is_true() {
    for (fault, done) in UNKNOWN {
        let (emulator, newfies) = start_at(Generation::G1).await;
        fault(&emulator.faults().on("POST", "/calendar-setting/"));
        let error = newfies.calendar_settings().create(new_setting()).await.unwrap_err();
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1), "{error:?}");
        assert_eq!(emulator.controller().calendar_settings().len(), usize::from(done));
    }
    for fault in DONE {
        let (emulator, newfies) = start_at(Generation::G1).await;
        fault(&emulator.faults().on("POST", "/calendar-setting/"));
        let error = newfies.calendar_settings().create(new_setting()).await.unwrap_err();
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Completed, 1), "{error:?}");
        assert_eq!(emulator.controller().calendar_settings().len(), 1);
    }
}

#[tokio::test]
async fn idempotent_calls_are_retried_and_a_delete_that_happened_succeeds() {
    // Without the page of HTML, the last of them: a foreign answer isn't retried.
    for (fault, _) in &UNKNOWN[..5] {
        let (emulator, newfies) = start_at(Generation::G1).await;
        let setting = newfies.calendar_settings().create(new_setting()).await.unwrap().id();
        fault(&emulator.faults().on("PATCH", ""));
        newfies.calendar_settings().update(setting, CalendarSettingPatch::new().call_timeout(9)).await.unwrap();
        fault(&emulator.faults().on("GET", ""));
        assert_eq!(newfies.calendar_settings().get(setting).await.unwrap().call_timeout, Some(9));
        fault(&emulator.faults().on("DELETE", ""));
        newfies.calendar_settings().delete(setting).await.unwrap();
        assert!(newfies.calendar_settings().delete(setting).await.unwrap_err().is_not_found());
    }
}

#[tokio::test]
async fn a_second_run_completes_a_reminder_after_any_broken_request() {
    for path in ["/calendar-setting/", "/calendar-user/", "/calendar/", "/event/", "/alarm/"] {
        for fault in UNKNOWN.into_iter().map(|(fault, _)| fault).chain(DONE) {
            let (emulator, newfies) = start_at(Generation::G1).await;
            fault(&emulator.faults().on("POST", path));
            let first = newfies.schedule_reminder(reminder()).await;
            let again = newfies.schedule_reminder(reminder()).await.unwrap();
            if let Ok(first) = first {
                assert_eq!((first.event, &first.alarms, again.created.len()), (again.event, &again.alarms, 0));
            }
            let controller = emulator.controller();
            let rows = [
                controller.calendar_settings().len(),
                controller.calendar_users().len(),
                controller.calendars().len(),
                controller.events().len(),
                controller.alarms().len(),
            ];
            assert_eq!(rows, [1, 1, 1, 1, 2], "{path}");
        }
    }
}

#[tokio::test]
async fn a_throttling_server_is_waited_for() {
    let (emulator, newfies) = start_at(Generation::G1).await;
    emulator.faults().on("POST", "/calendar-setting/").throttle(Some(Duration::ZERO));
    newfies.calendar_settings().create(new_setting()).await.unwrap();
    emulator.faults().go_down();
    let error = newfies.events().list(List::new()).await.unwrap_err();
    assert!(error.kind() == Kind::Connect && error.is_retryable(), "{error}");
}

#[tokio::test]
async fn no_other_host_receives_the_credentials() {
    // NEWF-44, NEWF-49
    let there = wiremock::MockServer::start().await;
    let here = wiremock::MockServer::start().await;
    let newfies = Newfies::builder().base_url(here.uri()).basic_auth("manager", "hush").build().unwrap();
    for status in [301, 302, 303, 307, 308] {
        let redirect = wiremock::ResponseTemplate::new(status)
            .insert_header("location", format!("{}/rest-api/event/", there.uri()));
        care_testkit::mock_server::answer_all(&here, redirect).await;
        for error in [
            newfies.events().list(List::new()).await.unwrap_err(),
            newfies
                .events()
                .create(NewEvent::new("t", 1, 1, start(), start() + chrono::TimeDelta::hours(1)))
                .await
                .unwrap_err(),
            newfies.schedule_reminder(reminder()).await.unwrap_err(),
            newfies.summary(1).await.unwrap_err(),
        ] {
            assert_eq!((error.kind(), error.attempts()), (Kind::Origin, 1), "{status}: {error}");
        }
    }
    assert_eq!(there.received_requests().await.unwrap().len(), 0);
}
