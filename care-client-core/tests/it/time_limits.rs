//! A call ends by its deadline, whatever the server, the waits and the credentials do. The clock is paused: no test waits.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod common;

use care_client_core::{Kind, Options, Outcome, RetryPolicy, StopReason};
use common::*;
use std::time::Duration;
use tokio::time::Instant;

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// The limits that the attempts of one call were given.
fn limits(scripted: &Scripted) -> Vec<Duration> {
    scripted.sent(|sent| sent.limit)
}

#[tokio::test(start_paused = true)]
async fn by_default_a_silent_server_is_tried_three_times_for_15_seconds() {
    let scripted = Scripted::new(|_, _| Step::Silence);
    let error = over(&scripted).call(Look).await.unwrap_err();
    assert_eq!((error.kind(), error.stop_reason()), (Kind::Timeout, StopReason::Attempts));
    assert_eq!(limits(&scripted), [secs(15); 3]);
}

#[tokio::test(start_paused = true)]
async fn the_last_attempt_gets_what_is_left_and_the_call_ends_on_its_deadline() {
    let scripted = Scripted::new(|_, _| Step::Silence);
    let policy = RetryPolicy::new().attempts(10).first_delay(Duration::ZERO);
    let started = Instant::now();
    let error = over(&scripted).call(Look).with_retry(policy).with_timeout(secs(40)).await.unwrap_err();
    assert_eq!(started.elapsed(), secs(40));
    assert_eq!(limits(&scripted), [secs(15), secs(15), secs(10)]);
    assert_eq!((error.kind(), error.outcome()), (Kind::Timeout, Outcome::Unknown));
    assert_eq!((error.stop_reason(), error.attempts(), error.elapsed()), (StopReason::Deadline, 3, secs(40)));
}

#[tokio::test(start_paused = true)]
async fn the_clients_deadline_holds_where_the_call_sets_none() {
    let scripted = Scripted::new(|_, _| Step::Silence);
    let options = Options::new().transport(scripted.clone()).timeout(secs(4)).attempt_timeout(secs(3));
    let started = Instant::now();
    let error = pipeline("http://localhost", options).call(Look).await.unwrap_err();
    // The one random wait before the second attempt leaves less than a second for that.
    let limits = limits(&scripted);
    assert!(limits.len() == 2 && limits[0] == secs(3) && limits[1] <= secs(1), "{limits:?}");
    assert_eq!((started.elapsed(), error.stop_reason()), (secs(4), StopReason::Deadline));
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_does_not_fit_fails_at_once_and_stands_on_the_error() {
    for (asked, left) in [("60", 59), ("60", 60), ("99999999999999999999", 60)] {
        let scripted = Scripted::new(move |_, _| Step::With(503, "retry-after", asked.to_owned()));
        let started = Instant::now();
        let error = over(&scripted).call(Look).with_timeout(secs(left)).await.unwrap_err();
        assert_eq!((started.elapsed(), scripted.count()), (Duration::ZERO, 1), "{asked} of {left}");
        assert_eq!((error.kind(), error.stop_reason()), (Kind::Api, StopReason::Deadline), "{asked} of {left}");
        assert!(error.retry_after().unwrap() >= secs(60), "{asked} of {left}");
        assert!(error.is_retryable(), "{asked} of {left}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_just_fits_is_made() {
    let scripted = Scripted::new(|number, _| match number {
        1 => Step::With(503, "retry-after", "60".to_owned()),
        _ => Step::Status(200, DONE),
    });
    assert_eq!(over(&scripted).call(Look).with_timeout(Duration::from_millis(60_001)).await.unwrap(), 7);
    assert_eq!(limits(&scripted), [secs(15), Duration::from_millis(1)]);
}

#[tokio::test(start_paused = true)]
async fn what_must_be_sent_once_is_not_repeated_with_too_little_time_for_its_answer() {
    for (left, attempts) in [(61, 1), (74, 1), (76, 2)] {
        let scripted = Scripted::new(|number, _| match number {
            1 => Step::With(429, "retry-after", "60".to_owned()),
            _ => Step::Status(200, DONE),
        });
        let end = over(&scripted).call(Add).with_timeout(secs(left)).await;
        assert_eq!((scripted.count(), end.is_ok()), (attempts, attempts == 2), "{left}");
        if let Err(error) = end {
            assert_eq!((error.outcome(), error.stop_reason()), (Outcome::Refused, StopReason::Deadline), "{left}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_hang_cost_the_call_its_time_and_nothing_is_sent() {
    let scripted = Scripted::always(200, DONE);
    let source = Source::new(|_| std::future::pending());
    let started = Instant::now();
    let error =
        over(&scripted).with_credentials(source.credentials()).call(Add).with_timeout(secs(9)).await.unwrap_err();
    assert_eq!((started.elapsed(), scripted.count()), (secs(9), 0));
    assert_eq!((error.kind(), error.outcome()), (Kind::Timeout, Outcome::NotSent));
    assert_eq!((error.stop_reason(), error.attempts(), error.elapsed()), (StopReason::Deadline, 0, secs(9)));
    assert_eq!(source.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_has_passed_asks_for_no_credentials() {
    let (scripted, source) = (Scripted::always(200, DONE), Source::counting());
    let call = over(&scripted).with_credentials(source.credentials()).call(Add).with_timeout(secs(0));
    assert_eq!(call.await.unwrap_err().kind(), Kind::Timeout);
    tokio::time::sleep(secs(1)).await;
    assert_eq!((source.count(), scripted.count()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_no_clock_can_hold_is_none() {
    let scripted = Scripted::always(200, DONE);
    assert_eq!(over(&scripted).call(Look).with_timeout(Duration::MAX).await.unwrap(), 7);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_sends_nothing_more() {
    let scripted = Scripted::new(|_, _| after(secs(1), Step::Broken));
    let call = over(&scripted).call(Look);
    assert!(tokio::time::timeout(Duration::from_millis(500), call).await.is_err());
    tokio::time::sleep(secs(3_600)).await;
    assert_eq!(scripted.count(), 1);
}
