//! A wait that the server asks for is kept to, in seconds and as a date, instead of the policy's own.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod common;

use care_client_core::{Kind, RetryPolicy};
use common::*;
use std::time::Duration;

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A server that answers once with a status and `Retry-After`, and then does it.
fn asking(status: u16, wait: impl Fn() -> String + Send + Sync + 'static) -> Scripted {
    Scripted::new(move |number, _| match number {
        1 => Step::With(status, "retry-after", wait()),
        _ => Step::Status(200, DONE),
    })
}

#[tokio::test(start_paused = true)]
async fn seconds_replace_the_policys_wait() {
    for status in [408, 425, 429, 500, 503] {
        let scripted = asking(status, || "17".to_owned());
        over(&scripted).call(Look).await.unwrap();
        assert_eq!(scripted.gaps(), [secs(17)], "{status}");
    }
    // Even where it is no wait at all, or one longer than the policy ever waits.
    for wait in [0, 44] {
        let scripted = asking(503, move || wait.to_string());
        let policy = RetryPolicy::new().first_delay(secs(3)).max_delay(secs(3));
        over(&scripted).call(Look).with_retry(policy).await.unwrap();
        assert_eq!(scripted.gaps(), [secs(wait)]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_date_is_waited_for() {
    let date = chrono::Utc::now() + chrono::TimeDelta::seconds(30);
    let date = date.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let scripted = asking(429, move || date.clone());
    over(&scripted).call(Add).await.unwrap();
    // A date has no fractions of a second, and the local clock goes on while the test runs.
    let gap = scripted.gaps()[0];
    assert!(gap <= secs(30) && gap > secs(20), "{gap:?}");
}

#[tokio::test(start_paused = true)]
async fn what_is_no_wait_leaves_the_policys_own() {
    for nonsense in ["soon", "-5", "1.5", ""] {
        let scripted = asking(503, move || nonsense.to_owned());
        over(&scripted).call(Look).await.unwrap();
        assert!(scripted.gaps()[0] <= Duration::from_millis(200), "{nonsense:?}: {:?}", scripted.gaps());
    }
}

#[tokio::test(start_paused = true)]
async fn it_stands_on_the_error_even_where_nothing_is_repeated() {
    for (status, retryable) in [(503, false), (404, false), (429, true)] {
        let scripted = asking(status, || "30".to_owned());
        let error = over(&scripted).call(Add).with_retry(RetryPolicy::never()).await.unwrap_err();
        assert_eq!((error.kind(), error.retry_after()), (Kind::Api, Some(secs(30))), "{status}");
        assert_eq!((error.is_retryable(), scripted.count()), (retryable, 1), "{status}");
    }
    let error = over(&asking(429, || "30".to_owned())).call(Add).with_retry(RetryPolicy::never()).await.unwrap_err();
    assert!(error.to_string().contains("try again in 30 s"), "{error}");
}
