//! No call runs past its deadline, and none is sent faster than the rate that its client is told. The clock is
//! paused: no test waits.

use crate::support::*;
use care_client_core::{Credentials, Kind, Options, Outcome, Pipeline, RateLimit, RetryPolicy, Secret, StopReason};
use futures_util::future::join_all;
use std::time::Duration;
use tokio::{time::Instant, time::sleep, time::timeout};

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
async fn a_wait_that_does_not_fit_fails_at_once_and_is_on_the_error() {
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

fn limited(scripted: &Scripted, limit: RateLimit) -> Pipeline {
    let options = Options::new().transport(scripted.clone()).rate_limit(limit).timeout(secs(600));
    pipeline("http://localhost", options)
}

/// The most requests that were sent in any span of this length.
fn busiest(scripted: &Scripted, span: Duration) -> usize {
    let sent = scripted.sent(|sent| sent.at);
    sent.iter().map(|end| sent.iter().filter(|at| *at <= end && **at + span > *end).count()).max().unwrap_or_default()
}

#[tokio::test(start_paused = true)]
async fn no_minute_has_more_requests_than_allowed_and_none_waits_longer_than_it_must() {
    let scripted = Scripted::always(200, DONE);
    let pipeline = limited(&scripted, RateLimit::per_minute(500));
    let started = Instant::now();
    // Some come late, so that the minutes don't begin together.
    let calls = (0..1_200_u64).map(|n| {
        let pipeline = pipeline.clone();
        async move {
            sleep(Duration::from_millis(n * 10)).await;
            pipeline.call(Look).await
        }
    });
    assert!(join_all(calls).await.iter().all(Result::is_ok));
    assert_eq!((scripted.count(), busiest(&scripted, secs(60))), (1_200, 500));
    // The 1001st goes two minutes after the first, and the last 1.99 s later, as it came after the first of its minute.
    assert_eq!(started.elapsed().as_secs(), 121);
}

#[tokio::test(start_paused = true)]
async fn clones_other_credentials_other_queries_and_clients_with_a_clone_share_it() {
    let scripted = Scripted::always(200, DONE);
    let limit = RateLimit::new(4, secs(10));
    let one = limited(&scripted, limit.clone());
    let bearer = Credentials::bearer(&Secret::new("token")).unwrap();
    let all = [one.clone(), one.with_credentials(bearer), one.with_query("as", "jo"), limited(&scripted, limit)];
    let started = Instant::now();
    join_all((0..3).flat_map(|_| &all).map(|pipeline| pipeline.call(Look).into_future())).await;
    assert_eq!((busiest(&scripted, secs(10)), started.elapsed()), (4, secs(20)));
}

#[tokio::test(start_paused = true)]
async fn repeats_count_as_well() {
    let scripted = Scripted::always(503, "");
    let pipeline = limited(&scripted, RateLimit::new(1, secs(10)));
    let started = Instant::now();
    pipeline.call(Look).with_retry(RetryPolicy::new().first_delay(Duration::ZERO)).await.unwrap_err();
    assert_eq!((scripted.count(), started.elapsed()), (3, secs(20)));
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_fails_at_once_and_is_on_the_error() {
    let scripted = Scripted::always(200, DONE);
    let pipeline = limited(&scripted, RateLimit::new(1, secs(10)));
    pipeline.call(Add).await.unwrap();
    let started = Instant::now();
    // A call that must be sent once needs time for its answer: a quarter of the deadline, or one attempt.
    for short in [1, 10, 11, 13] {
        let error = pipeline.call(Add).with_timeout(secs(short)).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Timeout, Outcome::NotSent, 0));
        assert_eq!((error.stop_reason(), error.retry_after()), (StopReason::Deadline, Some(secs(10))));
        assert!(error.is_retryable() && error.to_string().contains("rate limit"), "{error}");
    }
    assert_eq!(started.elapsed(), Duration::ZERO);
    let error = pipeline.call(Look).with_timeout(secs(10)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (Kind::Timeout, 0));
    pipeline.call(Look).with_timeout(secs(11)).await.unwrap();
    assert_eq!((started.elapsed(), scripted.count()), (secs(10), 2));
    pipeline.call(Add).with_timeout(secs(14)).await.unwrap();
    assert_eq!((started.elapsed(), scripted.count()), (secs(20), 3));
}

#[tokio::test(start_paused = true)]
async fn what_must_be_sent_once_is_not_sent_with_too_little_time_for_its_answer() {
    let scripted = Scripted::new(|number, _| match number {
        1 => Step::Status(200, DONE),
        _ => after(secs(3), Step::Status(200, DONE)),
    });
    let pipeline = limited(&scripted, RateLimit::per_minute(1));
    pipeline.call(Add).await.unwrap();
    sleep(Duration::from_millis(1_700)).await;
    // Its turn comes at 60 s, and 1.7 s later its deadline.
    let error = pipeline.call(Add).with_timeout(secs(60)).await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts(), scripted.count()), (Outcome::NotSent, 0, 1));
    pipeline.call(Add).with_timeout(secs(80)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_repeat_that_the_limit_holds_back_too_long_leaves_the_failure_before_it() {
    let scripted = Scripted::always(503, "");
    let pipeline = limited(&scripted, RateLimit::new(1, secs(10)));
    let error = pipeline.call(Look).with_timeout(secs(5)).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16(), error.attempts()), (Kind::Api, 503, 1));
    assert_eq!((error.stop_reason(), error.outcome()), (StopReason::Deadline, Outcome::Unknown));
}

#[tokio::test(start_paused = true)]
async fn whoever_gives_up_waiting_gives_its_place_back() {
    let scripted = Scripted::always(200, DONE);
    let pipeline = limited(&scripted, RateLimit::new(2, secs(10)));
    let started = Instant::now();
    join_all((0..2).map(|_| pipeline.call(Look).into_future())).await;
    let given_up = (0..20).map(|_| timeout(secs(1), pipeline.call(Look)));
    assert!(join_all(given_up).await.iter().all(Result::is_err));
    join_all((0..2).map(|_| pipeline.call(Look).into_future())).await;
    assert_eq!((scripted.count(), busiest(&scripted, secs(10)), started.elapsed()), (4, 2, secs(10)));
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_nothing_is_one_and_a_span_without_end_lets_no_second_one_through() {
    let scripted = Scripted::always(200, DONE);
    let pipeline = limited(&scripted, RateLimit::new(0, Duration::MAX));
    pipeline.call(Look).await.unwrap();
    let error = pipeline.call(Look).await.unwrap_err();
    assert_eq!((error.kind(), error.retry_after()), (Kind::Timeout, Some(Duration::MAX)));
}
