//! Whatever fails around a post: the call is stored if it can be, and whoever has to know is told.

use crate::support::*;
use care_webhook::{BoxFuture, DedupeKey, DedupeStore, Kind, MemorySink, Notification, Sink, StoreError, Suppress};
use chrono::{DateTime, Utc};
use http::{HeaderMap, Request};
use std::time::Duration;
use tokio::time::Instant;

#[derive(Clone, Copy, PartialEq)]
enum Panics {
    AtOnce,
    Later,
    Never,
}

/// A dedupe store that panics where it looks and where it records.
struct PanickingStore {
    seen: Panics,
    record: Panics,
}

impl DedupeStore for PanickingStore {
    fn seen<'a>(&'a self, _: &'a DedupeKey, _: DateTime<Utc>) -> BoxFuture<'a, Result<bool, StoreError>> {
        assert!(self.seen != Panics::AtOnce, "a panic on purpose");
        Box::pin(async {
            tokio::task::yield_now().await;
            assert!(self.seen != Panics::Later, "a panic on purpose");
            Ok(false)
        })
    }

    fn record<'a>(&'a self, _: &'a DedupeKey, _: DateTime<Utc>) -> BoxFuture<'a, Result<(), StoreError>> {
        assert!(self.record != Panics::AtOnce, "a panic on purpose");
        Box::pin(async {
            tokio::task::yield_now().await;
            assert!(self.record != Panics::Later, "a panic on purpose");
            Ok(())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_dedupe_store_that_panics_keeps_nothing_back() {
    use Panics::{AtOnce, Later, Never};
    for (seen, record) in [(AtOnce, Never), (Later, Never), (Never, AtOnce), (Never, Later)] {
        let (sink, reports) = (MemorySink::new(), Reports::default());
        let builder = receiver(sink.clone()).dedupe_store(PanickingStore { seen, record });
        assert_eq!(status(&reports.of(builder).build().unwrap(), post(SECRET, "a")).await, 200);
        assert_eq!(kept(&sink), ["desk a No"]);
        reports.are(&["dedupe store panicked"]);
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_is_told_and_panics_loses_no_call() {
    let sink = FaultySink::new(FaultyStore::failing());
    let store = PanickingStore { seen: Panics::Later, record: Panics::Later };
    let told = |_: &StoreError| panic!("a panic on purpose");
    let receiver = receiver(sink.clone()).dedupe_store(store).max_body(4).on_failure(told).build().unwrap();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 503);
    assert_eq!(status(&receiver, post(SECRET, "12345")).await, 413);
    sink.fault.repair();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
    assert_eq!(kept(&sink.kept), ["desk a No"]);
}

#[tokio::test(start_paused = true)]
async fn each_post_with_a_valid_secret_that_is_not_stored_is_told_and_nothing_else() {
    let (sink, reports) = (FaultySink::new(FaultyStore::failing()), Reports::default());
    let verifier = |headers: &HeaderMap, body: &[u8]| {
        assert!(body != b"odd", "a panic on purpose");
        headers.contains_key("content-type")
    };
    let receiver = reports.of(receiver(sink.clone()).max_body(4).verifier(verifier)).build().unwrap();
    let bare = |body: &'static str| Request::post(format!("/{SECRET}")).body(body.into()).unwrap();
    let get = Request::get(format!("/{SECRET}")).body("a".into()).unwrap();
    for (request, answer, says) in [
        (post(SECRET, "12345"), 413, &["more than 4 bytes and was answered 413: see max_body()"][..]),
        (bare("a"), 401, &["the verifier refused"]),
        (post(SECRET, "odd"), 503, &["panicked"]),
        (post(SECRET, "a"), 503, &["the disk is full"]),
        (post("someone-elses-secret", "a"), 404, &[]),
        (post("someone-elses-secret", "12345"), 404, &[]),
        (get, 405, &[]),
    ] {
        assert_eq!(status(&receiver, request).await, answer);
        reports.are(says);
    }
    sink.fault.repair();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
    reports.are(&[]);
}

#[tokio::test(start_paused = true)]
async fn what_a_sender_does_not_wait_for_is_told_all_the_same() {
    struct FailsLate;
    impl Sink for FailsLate {
        fn store<'a>(&'a self, _: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
            Box::pin(async {
                tokio::time::sleep(secs(5)).await;
                Err("the disk is full".into())
            })
        }
    }
    let reports = Reports::default();
    let hangs = FaultySink::new(FaultyStore::hanging());
    for (builder, says) in [(receiver(FailsLate), "the disk is full"), (receiver(hangs), "storing took more than 10s")]
    {
        let receiver = reports.of(builder).build().unwrap();
        assert!(tokio::time::timeout(secs(1), receiver.handle(post(SECRET, "a"))).await.is_err(), "it hangs up");
        tokio::time::sleep(secs(10)).await;
        reports.are(&[says]);
    }
}

#[tokio::test(start_paused = true)]
async fn numbers_that_are_rounded_when_they_are_read_are_no_ids() {
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).id_pointer("/id").suppress(Suppress::Certain).build().unwrap();
    for body in [
        r#"{"id":12345678901234567890123,"resident":7}"#,
        r#"{"id":12345678901234567890124,"resident":8}"#,
        r#"{"id":1.00000000000000001}"#,
        r#"{"id":1.0}"#,
    ] {
        assert_eq!(status(&receiver, post(SECRET, body)).await, 200);
    }
    assert_eq!(sink.notifications().len(), 4, "each is another call for help");
}

#[tokio::test(start_paused = true)]
async fn the_sink_has_ten_seconds_unless_told_otherwise_and_never_none() {
    let reports = Reports::default();
    for (limit, waited) in [(None, 10), (Some(3), 3)] {
        let builder = receiver(FaultySink::new(FaultyStore::hanging()));
        let builder = if let Some(limit) = limit { builder.store_timeout(secs(limit)) } else { builder };
        let (receiver, begun) = (reports.of(builder).build().unwrap(), Instant::now());
        assert_eq!(status(&receiver, post(SECRET, "a")).await, 503);
        assert_eq!(begun.elapsed(), secs(waited));
        reports.are(&[&format!("more than {waited}s")]);
    }
    let error = receiver(MemorySink::new()).store_timeout(Duration::ZERO).build().unwrap_err();
    assert!(error.kind() == Kind::Config && error.to_string().contains("store_timeout()"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn secrets_of_a_notifier_that_nobody_named_are_refused() {
    let receiver = receiver(MemorySink::new()).build().unwrap();
    let error = receiver.replace_secrets("dsek", ["another-secret-0001"]).unwrap_err();
    assert!(error.kind() == Kind::Config && error.to_string().contains("no notifier with this name"), "{error}");
    assert_eq!(status(&receiver, post("another-secret-0001", "a")).await, 404);
}
