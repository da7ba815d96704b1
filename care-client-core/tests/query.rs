//! What stands in the query of every call of a pipeline, or of one call.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod common;

use care_client_core::RequestParts;
use common::*;

/// The query of each attempt.
fn queries(scripted: &Scripted) -> Vec<String> {
    scripted.sent(|sent| sent.request.uri().query().unwrap_or_default().to_owned())
}

#[tokio::test(start_paused = true)]
async fn a_pipelines_pair_stands_in_each_query_and_in_each_attempt() {
    let scripted = Scripted::new(|number, _| Step::Status(if number == 1 { 503 } else { 200 }, DONE));
    let plain = over(&scripted);
    let other = plain.with_query("as", "jo ex&ample");
    other.call(Look).await.unwrap();
    other.call(Add).await.unwrap();
    other.call(RequestParts::get(["things"]).query("page", "2")).await.unwrap();
    plain.call(Look).await.unwrap();
    assert_eq!(
        queries(&scripted),
        ["as=jo+ex%26ample"; 3].into_iter().chain(["page=2&as=jo+ex%26ample", ""]).collect::<Vec<_>>()
    );
}

#[tokio::test(start_paused = true)]
async fn the_last_one_who_sets_a_key_wins() {
    let scripted = Scripted::always(200, DONE);
    let pipeline = over(&scripted).with_query("as", "a").with_query("in", "b").with_query("as", "c");
    let parts = RequestParts::get(["things"]).query("in", "x").query("in", "y").query("page", "2");
    pipeline.call(parts.clone()).await.unwrap();
    pipeline.call(parts).with_query("as", "d").with_query("as", "e").await.unwrap();
    assert_eq!(queries(&scripted), ["page=2&in=b&as=c", "page=2&in=b&as=e"]);
}

#[test]
fn what_would_be_sent_tells_of_it() {
    let call = over(&Scripted::always(200, DONE)).with_query("as", "a").call(Look).with_query("page", "2");
    let parts = call.parts().unwrap();
    assert_eq!(parts.query_pairs(), [("as".into(), "a".into()), ("page".into(), "2".into())]);
}

#[tokio::test(start_paused = true)]
async fn what_it_says_of_a_person_is_not_quoted_in_errors() {
    let scripted = Scripted::always(403, r#"{"message": "no canary-person here"}"#);
    let error = over(&scripted).with_query("as", "canary-person").call(Look).await.unwrap_err();
    assert!(error.report().contains("no [sent] here"), "{}", error.report());
    let error = over(&scripted).call(Look).with_query("as", "canary-person").await.unwrap_err();
    assert!(error.report().contains("no [sent] here"), "{}", error.report());
}
