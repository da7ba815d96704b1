//! A fleet does not hammer a server that is down: ten repeats are in the budget of a client, and a tenth comes back with each
//! success.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod common;

use care_client_core::{Credentials, RetryPolicy, Secret, StopReason};
use common::*;
use futures_util::future::join_all;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

#[tokio::test(start_paused = true)]
async fn a_hundred_calls_into_a_total_outage_make_at_most_110_requests() {
    for step in [|| Step::Refused, || Step::Broken, || Step::Status(503, ""), || Step::Status(429, "")] {
        let scripted = Scripted::new(move |_, _| step());
        let pipeline = over(&scripted);
        for _ in 0..100 {
            pipeline.call(Look).await.unwrap_err();
        }
        assert_eq!(scripted.count(), 110);
    }
}

#[tokio::test(start_paused = true)]
async fn a_hundred_calls_at_once_share_the_same_budget() {
    let scripted = Scripted::new(|_, _| after(Duration::from_millis(5), Step::Broken));
    let pipeline = over(&scripted);
    let errors = join_all((0..100).map(|_| pipeline.call(Look).into_future())).await;
    assert_eq!(scripted.count(), 110);
    let spent = errors.iter().filter(|error| error.as_ref().unwrap_err().stop_reason() == StopReason::Budget);
    assert!(spent.count() >= 90);
}

#[tokio::test(start_paused = true)]
async fn clones_and_handles_with_other_credentials_share_one_budget() {
    let scripted = Scripted::new(|_, _| Step::Broken);
    let pipeline = over(&scripted);
    let other = pipeline.with_credentials(Credentials::bearer(&Secret::new("other")).unwrap());
    for pipeline in [pipeline.clone(), other.clone(), other.clone(), pipeline.clone(), pipeline.clone()] {
        assert_eq!(pipeline.call(Look).await.unwrap_err().stop_reason(), StopReason::Attempts);
    }
    for pipeline in [pipeline, other] {
        assert_eq!(pipeline.call(Look).await.unwrap_err().stop_reason(), StopReason::Budget);
    }
    // One that was built by itself has its own.
    assert_eq!(over(&scripted).call(Look).await.unwrap_err().stop_reason(), StopReason::Attempts);
}

#[tokio::test(start_paused = true)]
async fn ten_successes_earn_one_repeat() {
    let down = Arc::new(AtomicBool::new(true));
    let is_down = Arc::clone(&down);
    let scripted = Scripted::new(move |_, _| if is_down.load(SeqCst) { Step::Broken } else { Step::Status(200, DONE) });
    let pipeline = over(&scripted);
    let once_more = RetryPolicy::new().attempts(2);
    for _ in 0..10 {
        assert_eq!(pipeline.call(Look).with_retry(once_more).await.unwrap_err().attempts(), 2);
    }
    for (successes, attempts) in [(0, 1), (9, 1), (1, 2), (0, 1), (10, 2)] {
        down.store(false, SeqCst);
        for _ in 0..successes {
            pipeline.call(Look).await.unwrap();
        }
        down.store(true, SeqCst);
        let error = pipeline.call(Look).with_retry(once_more).await.unwrap_err();
        assert_eq!(error.attempts(), attempts, "after {successes} successes");
    }
}

#[tokio::test(start_paused = true)]
async fn the_renewal_of_a_token_costs_nothing_of_it() {
    let scripted = Scripted::new(|_, request| match request.headers()["authorization"].to_str().unwrap() {
        "Bearer token-2" => Step::Broken,
        _ => Step::Status(401, ""),
    });
    let pipeline = over(&scripted).with_credentials(Source::counting().credentials());
    // 401, renewed, and then the three attempts that the policy counts are one short.
    assert_eq!(pipeline.call(Look).await.unwrap_err().attempts(), 3);
    let rest = (0..30).map(|_| pipeline.call(Look));
    for call in rest {
        call.await.unwrap_err();
    }
    assert_eq!(scripted.count(), 3 + 30 + 9);
}
