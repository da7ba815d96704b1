//! Waiting for an alarm ends when its state is final.

use crate::support::*;
use chrono::{DateTime, TimeDelta, Utc};
use newfies_client::*;
use serde_json::{Value, json};
use tokio::time::Instant;

/// A reminder's first alarm, which calls up to three times.
async fn alarm(scene: &Scene) -> AlarmId {
    scene.newfies.schedule_reminder(reminder()).await.unwrap().alarms[0]
}

/// One answer with a changed alarm.
fn seen(change: impl Fn(&mut Value) + Send + Sync + 'static) -> Step {
    Step::json(change)
}

#[tokio::test(start_paused = true)]
async fn it_waits_through_failed_attempts_for_a_key_press() {
    let scene = scene().await;
    let alarm = alarm(&scene).await;
    let id = alarm.get();
    let play = async {
        let step = || tokio::time::sleep(secs(40));
        step().await;
        scene.controller.ring(id).unwrap();
        step().await;
        scene.controller.busy(id).unwrap();
        step().await;
        scene.controller.ring(id).unwrap();
        step().await;
        scene.controller.reschedule(id).unwrap();
    };
    let (finished, ()) = tokio::join!(scene.newfies.wait_for_result(alarm), play);
    let finished = finished.unwrap();
    assert_eq!((finished.end, finished.result()), (AlarmEnd::Succeeded, AlarmResult::Rescheduled));
    assert_eq!(finished.alarm.num_attempt, Some(2));
    let path = format!("/alarm/{alarm}/");
    assert!(scene.transport.gaps("GET", &path).iter().all(|gap| *gap == secs(15)));
}

#[tokio::test(start_paused = true)]
async fn an_unanswered_alarm_has_failed() {
    let scene = scene().await;
    let alarm = alarm(&scene).await;
    for _ in 0..3 {
        scene.controller.ring(alarm.get()).unwrap();
        scene.controller.no_answer(alarm.get()).unwrap();
    }
    let finished = scene.newfies.wait_for_result(alarm).await.unwrap();
    assert_eq!((finished.end, finished.result()), (AlarmEnd::Failed, AlarmResult::NoResult));
}

#[tokio::test(start_paused = true)]
async fn any_digits_are_a_result_and_changes_then_need_a_valid_one() {
    // NEWF-15
    let scene = scene().await;
    let alarm = alarm(&scene).await;
    scene.controller.ring(alarm.get()).unwrap();
    scene.controller.press(alarm.get(), "42").unwrap();
    let finished = scene.newfies.wait_for_result(alarm).await.unwrap();
    assert_eq!((finished.end, finished.result()), (AlarmEnd::Succeeded, AlarmResult::Other(42)));
    let patch = || AlarmPatch::new().maxretry(0);
    let error = scene.newfies.alarms().update(alarm, patch()).await.unwrap_err();
    assert!(error.to_string().contains("out of range"), "{error}");
    scene.newfies.alarms().update(alarm, patch().result(AlarmResult::NoResult)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_alarm_that_the_server_no_longer_processes_is_missed() {
    let scene = scene().await;
    let event = scene.newfies.schedule_reminder(reminder()).await.unwrap().event;
    let past = |minutes| NewAlarm::call(event, Utc::now() - TimeDelta::minutes(minutes), PATIENT, 1);
    let missed = scene.newfies.alarms().create(past(61)).await.unwrap().id();
    assert_eq!(scene.newfies.wait_for_result(missed).await.unwrap().end, AlarmEnd::Missed);
    // The server's clock decides, if the answer has a date.
    let alarm = scene.newfies.alarms().create(past(59)).await.unwrap();
    let body = serde_json::to_vec(&alarm).unwrap();
    let at = |time: DateTime<Utc>| {
        let date = time.format("%a, %d %b %Y %H:%M:%S GMT").to_string().parse().unwrap();
        let headers = http::HeaderMap::from_iter([(http::header::DATE, date)]);
        Step::Reply(RawResponse::new(http::StatusCode::OK, headers, body.clone()))
    };
    let path = format!("/alarm/{}/", alarm.id());
    scene.transport.plan("GET", &path, [at(Utc::now()), at(Utc::now() + TimeDelta::minutes(2))]);
    assert_eq!(scene.newfies.wait_for_result(alarm.id()).await.unwrap().end, AlarmEnd::Missed);
    assert_eq!(scene.transport.count("GET", &path), 2);
}

#[tokio::test(start_paused = true)]
async fn an_alarm_in_process_or_in_retry_is_waited_for_however_old() {
    let scene = scene().await;
    let alarm = alarm(&scene).await;
    let old = |status: i64| {
        seen(move |body| {
            body["status"] = status.into();
            body["date_start_notice"] = "2013-12-16T11:19:29Z".into();
        })
    };
    let path = format!("/alarm/{alarm}/");
    scene.transport.plan("GET", &path, [old(2), old(4), old(99), old(5)]);
    assert_eq!(scene.newfies.wait_for_result(alarm).await.unwrap().end, AlarmEnd::Succeeded);
    assert_eq!(scene.transport.count("GET", &path), 4);
}

#[tokio::test(start_paused = true)]
async fn a_transient_failure_is_waited_out_and_a_lasting_one_ends_it() {
    let scene = scene().await;
    let alarm = alarm(&scene).await;
    let path = format!("/alarm/{alarm}/");
    let broken = std::iter::repeat_n(Step::Answer(503, ""), 3);
    let steps = broken.chain([Step::Pass, seen(|body| body["status"] = json!(3))]);
    scene.transport.plan("GET", &path, steps);
    assert_eq!(scene.newfies.wait_for_result(alarm).await.unwrap().end, AlarmEnd::Failed);
    let error = scene.newfies.wait_for_result(99).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn it_ends_after_its_timeout_with_the_last_failure_as_cause() {
    let scene = scene().await;
    let alarm = alarm(&scene).await;
    let began = Instant::now();
    let wait = scene.newfies.wait_for_result(alarm).with_interval(secs(1)).with_timeout(secs(60));
    let error = wait.await.unwrap_err();
    assert_eq!((error.kind(), began.elapsed()), (Kind::Timeout, secs(60)));
    let path = format!("/alarm/{alarm}/");
    assert!(scene.transport.gaps("GET", &path).iter().all(|gap| *gap == secs(5)), "no faster than that");
    scene.transport.plan("GET", &path, std::iter::repeat_n(Step::Answer(503, ""), 100));
    let error = scene.newfies.wait_for_result(alarm).with_timeout(secs(20)).await.unwrap_err();
    assert_eq!(error.cause().and_then(Error::status).map(|status| status.as_u16()), Some(503));
}

#[tokio::test(start_paused = true)]
async fn a_naive_time_is_not_guessed() {
    // NEWF-21
    let scene = scene().await;
    let alarm = alarm(&scene).await;
    let naive = seen(|body| body["date_start_notice"] = "2013-12-16T11:19:29".into());
    scene.transport.plan("GET", &format!("/alarm/{alarm}/"), [naive.clone(), naive]);
    let error = scene.newfies.wait_for_result(alarm).await.unwrap_err();
    assert_eq!(WorkflowFailure::of(&error), Some(&WorkflowFailure::NaiveTimes));
    let zoned = builder(&scene.transport).basic_auth(scene.emulator.username(), scene.emulator.password());
    let zoned = zoned.server_time_zone(Utc).build().unwrap();
    assert_eq!(zoned.wait_for_result(alarm).await.unwrap().end, AlarmEnd::Missed);
}
