//! What is sent again, when, and how often: nothing that must be done once is done twice, waits that the server asks
//! for are kept, one budget holds repeats back, and a delete whose answer was lost is done when the repeat finds
//! nothing.

use crate::support::*;
use care_client_core::{
    Credentials, DecodeError, Endpoint, Error, Http, Kind, Operation, Outcome, RawResponse, RequestParts, RetryPolicy,
    Safety, Secret, StopReason,
};
use futures_util::{StreamExt, future::join_all, stream};
use std::{sync::Arc, sync::atomic::AtomicBool, sync::atomic::Ordering::SeqCst, time::Duration};

/// Every fault that the server has, by itself.
fn faults() -> Vec<Act> {
    let mut faults = vec![Act::CloseUnread, Act::ResetUnread, Act::Close, Act::Reset, Act::Garbage, Act::Silence];
    for status in [200, 204, 302, 307, 400, 401, 408, 421, 425, 429, 500, 501, 502, 503, 504] {
        let whole = answer(status, if status == 204 { "" } else { "half and half" });
        faults.extend([whole.clone().into(), whole.clone().header("retry-after", "0").into()]);
        if status != 204 {
            faults.extend([Act::Cut(whole.clone()), Act::CutReset(whole.clone()), Act::Stall(whole)]);
        }
    }
    faults.extend([answers(200, "<html></html>"), answers(200, r#"{"refused":"no"}"#), answers(200, "x".repeat(65))]);
    faults
}

/// How often the write was done, how often it was asked for, and what the client says of it.
async fn play(http: Http, acts: &[Act], warm: bool, safety: Safety) -> (usize, usize, Option<Outcome>) {
    let first = warm.then(|| answers(200, DONE));
    let server = Server::start(first.into_iter().chain(acts.iter().cloned()).chain([answers(200, DONE)])).await;
    let options = quick().max_body(64).transport(http);
    if warm {
        // The same pool, so that the write finds its connection there.
        pipeline(server.url(), options.clone()).call(Look).await.unwrap();
    }
    let (done, asked) = (server.commits(), server.requests());
    let waits = acts.iter().any(|act| matches!(act, Act::Silence | Act::Stall(_)));
    let options = if waits { options.attempt_timeout(Duration::from_millis(300)) } else { options };
    let result = pipeline(server.url(), options).call(Add).with_safety(safety).await;
    (server.commits() - done, server.requests() - asked, result.err().map(|error| error.outcome()))
}

#[tokio::test]
async fn a_once_write_is_done_at_most_once_over_the_whole_fault_matrix() {
    let throttled = || answers(429, "");
    let plays = faults().into_iter().flat_map(|fault| {
        [vec![fault.clone()], vec![throttled(), fault.clone()], vec![throttled(), throttled(), fault]]
    });
    let http = shared_http();
    let played = plays.flat_map(|acts| [false, true].map(|warm| (acts.clone(), warm))).map(|(acts, warm)| {
        let http = http.clone();
        async move {
            let (done, asked, outcome) = play(http, &acts, warm, Safety::Once).await;
            let case = format!("{acts:?}, warm {warm}: done {done} times in {asked} requests, {outcome:?}");
            assert!(done <= 1, "{case}");
            // And what the client says is never less than what the server did.
            match outcome {
                None => assert_eq!(done, 1, "{case}"),
                Some(Outcome::NotSent | Outcome::Refused) => assert_eq!(done, 0, "{case}"),
                Some(Outcome::Completed) => assert_eq!(done, 1, "{case}"),
                Some(Outcome::Unknown) => {}
            }
        }
    });
    stream::iter(played).for_each_concurrent(32, |play| play).await;
}

/// The matrix would show a duplicate if the client made one.
#[tokio::test]
async fn the_same_write_called_idempotent_is_done_again() {
    for fault in [Act::Close, Act::Garbage, answers(503, ""), Act::Cut(answer(200, DONE))] {
        let (done, asked, outcome) = play(shared_http(), std::slice::from_ref(&fault), true, Safety::Idempotent).await;
        assert_eq!((done, asked, outcome), (2, 2, None), "{fault:?}");
    }
}

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
async fn a_wait_that_cannot_be_read_is_a_wish_to_wait_and_fractions_are_rounded_up() {
    for nonsense in ["soon", "-5", "1,5", ""] {
        let scripted = asking(503, move || nonsense.to_owned());
        over(&scripted).call(Look).await.unwrap();
        let gap = scripted.gaps()[0];
        assert!((Duration::from_millis(200)..=Duration::from_millis(600)).contains(&gap), "{nonsense:?}: {gap:?}");
    }
    for (text, wait) in [("0.4", 1), ("1.5", 2), ("+3", 3)] {
        let scripted = asking(503, move || text.to_owned());
        over(&scripted).call(Look).await.unwrap();
        assert_eq!(scripted.gaps(), [secs(wait)], "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_is_on_the_error_even_if_nothing_is_repeated() {
    for (status, retryable) in [(503, false), (404, false), (429, true)] {
        let scripted = asking(status, || "30".to_owned());
        let error = over(&scripted).call(Add).with_retry(RetryPolicy::never()).await.unwrap_err();
        assert_eq!((error.kind(), error.retry_after()), (Kind::Api, Some(secs(30))), "{status}");
        assert_eq!((error.is_retryable(), scripted.count()), (retryable, 1), "{status}");
    }
    let error = over(&asking(429, || "30".to_owned())).call(Add).with_retry(RetryPolicy::never()).await.unwrap_err();
    assert!(error.to_string().contains("try again in 30 s"), "{error}");
}

#[tokio::test]
async fn it_settles_on_404_after_an_attempt_of_unknown_outcome() {
    let http = shared_http();
    for first in [Act::Close, Act::Reset, Act::Garbage, answers(503, ""), answers(500, ""), Act::Cut(answer(200, DONE))]
    {
        let server = Server::start([first.clone(), answers(404, "gone")]).await;
        let response = pipeline(server.url(), quick().transport(http.clone())).call(Delete).response().await.unwrap();
        assert_eq!((response.status().as_u16(), response.attempts()), (404, 2), "{first:?}");
        assert_eq!((response.body().as_ref(), server.requests()), (b"gone".as_slice(), 2), "{first:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_404_without_an_unknown_attempt_before_it_is_an_error() {
    for first in [|| Step::Status(404, ""), || Step::Status(429, ""), || Step::Refused] {
        let scripted = Scripted::new(move |number, _| if number == 1 { first() } else { Step::Status(404, "") });
        let error = over(&scripted).call(Delete).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome(), error.is_not_found()), (Kind::Api, Outcome::Refused, true));
    }
}

#[tokio::test(start_paused = true)]
async fn an_operation_that_does_not_settle_says_that_it_may_have_been_done() {
    let scripted = Scripted::new(|number, _| if number == 1 { Step::Broken } else { Step::Status(404, "") });
    let error = over(&scripted).call(Put).await.unwrap_err();
    assert_eq!((error.outcome(), error.is_not_found(), error.attempts()), (Outcome::Unknown, true, 2));
}

/// Takes every answer that it is asked about for a proof.
struct Gullible;

impl Endpoint for Gullible {
    type Output = u16;
    const OPERATION: &'static Operation = &Operation::new("test.gullible", "/x", Safety::Idempotent, "");

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::get(["x"]))
    }

    fn decode(&self, _response: &RawResponse) -> Result<u16, DecodeError> {
        Ok(200)
    }

    fn settle(&self, refusal: &RawResponse) -> Option<u16> {
        Some(refusal.status.as_u16())
    }
}

#[tokio::test(start_paused = true)]
async fn only_refusals_are_asked_about() {
    for (last, asked) in [
        (400, true),
        (404, true),
        (409, true),
        (429, true),
        // A redirect that keeps the method refused it as well; the others may have done it.
        (301, true),
        (308, true),
        (302, false),
        (303, false),
        // A server that failed refused nothing.
        (408, false),
        (500, false),
        (503, false),
    ] {
        let scripted = Scripted::new(move |number, _| if number == 1 { Step::Broken } else { Step::Status(last, "") });
        let result = over(&scripted).call(Gullible).await;
        assert_eq!(result.ok(), asked.then_some(last), "{last}");
    }
}
