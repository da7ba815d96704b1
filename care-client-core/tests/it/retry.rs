//! A `Once` write is done at most once, whatever goes wrong on the way, on a fresh connection and on one that was in use.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod common;

use care_client_core::{Http, Outcome, Safety};
use common::*;
use futures_util::{StreamExt, stream};
use std::time::Duration;

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
