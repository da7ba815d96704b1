//! Whatever fails around a post: the call is stored if it can be, and whoever has to know is told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use caremessenger_client::{
    BoxFuture, Kind, StoreError,
    webhook::{DedupeKey, DedupeStore, MemorySink, Notification, Sink, Suppress},
};
use chrono::{DateTime, Utc};
use common::*;
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
        let (sink, told) = (MemorySink::new(), Told::default());
        let builder = receiver(sink.clone()).dedupe_store(PanickingStore { seen, record });
        assert_eq!(status(&told.by(builder).build().unwrap(), post(SECRET, "a")).await, 200);
        assert_eq!(kept(&sink), ["desk a No"]);
        told.says(&["dedupe store panicked"]);
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_is_told_and_panics_loses_no_call() {
    let sink = TroubledSink::new(FaultyStore::failing());
    let store = PanickingStore { seen: Panics::Later, record: Panics::Later };
    let told = |_: &StoreError| panic!("a panic on purpose");
    let receiver = receiver(sink.clone()).dedupe_store(store).max_body(4).on_failure(told).build().unwrap();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 503);
    assert_eq!(status(&receiver, post(SECRET, "12345")).await, 413);
    sink.trouble.repair();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
    assert_eq!(kept(&sink.kept), ["desk a No"]);
}

#[tokio::test(start_paused = true)]
async fn each_post_with_a_valid_secret_that_is_not_stored_is_told_and_nothing_else() {
    // CARE-29
    let (sink, told) = (TroubledSink::new(FaultyStore::failing()), Told::default());
    let verifier = |headers: &HeaderMap, body: &[u8]| {
        assert!(body != b"odd", "a panic on purpose");
        headers.contains_key("content-type")
    };
    let receiver = told.by(receiver(sink.clone()).max_body(4).verifier(verifier)).build().unwrap();
    let bare = |body: &'static str| Request::post(format!("/{SECRET}")).body(body.into()).unwrap();
    let get = Request::get(format!("/{SECRET}")).body("a".into()).unwrap();
    for (request, answer, says) in [
        (post(SECRET, "12345"), 413, &["more than 4 bytes: see max_body()"][..]),
        (bare("a"), 401, &["the verifier refused"]),
        (post(SECRET, "odd"), 503, &["panicked"]),
        (post(SECRET, "a"), 503, &["the disk is full"]),
        (post("someone-elses-secret", "a"), 404, &[]),
        (post("someone-elses-secret", "12345"), 404, &[]),
        (get, 405, &[]),
    ] {
        assert_eq!(status(&receiver, request).await, answer);
        told.says(says);
    }
    sink.trouble.repair();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
    told.says(&[]);
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
    let told = Told::default();
    let hangs = TroubledSink::new(FaultyStore::hanging());
    for (builder, says) in [(receiver(FailsLate), "the disk is full"), (receiver(hangs), "storing took more than 10s")]
    {
        let receiver = told.by(builder).build().unwrap();
        assert!(tokio::time::timeout(secs(1), receiver.handle(post(SECRET, "a"))).await.is_err(), "it hangs up");
        tokio::time::sleep(secs(10)).await;
        told.says(&[says]);
    }
}

#[tokio::test(start_paused = true)]
async fn numbers_that_are_rounded_when_they_are_read_are_no_ids() {
    // CARE-30
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
    // CARE-31
    let told = Told::default();
    for (limit, waited) in [(None, 10), (Some(3), 3)] {
        let builder = receiver(TroubledSink::new(FaultyStore::hanging()));
        let builder = if let Some(limit) = limit { builder.store_timeout(secs(limit)) } else { builder };
        let (receiver, begun) = (told.by(builder).build().unwrap(), Instant::now());
        assert_eq!(status(&receiver, post(SECRET, "a")).await, 503);
        assert_eq!(begun.elapsed(), secs(waited));
        told.says(&[&format!("more than {waited}s")]);
    }
    let error = receiver(MemorySink::new()).store_timeout(Duration::ZERO).build().unwrap_err();
    assert!(error.kind() == Kind::Config && error.to_string().contains("store_timeout()"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn secrets_of_a_notifier_that_nobody_named_are_refused() {
    // CARE-29
    let receiver = receiver(MemorySink::new()).build().unwrap();
    let error = receiver.replace_secrets("dsek", ["another-secret-0001"]).unwrap_err();
    assert!(error.kind() == Kind::Config && error.to_string().contains("no notifier with this name"), "{error}");
    assert_eq!(status(&receiver, post("another-secret-0001", "a")).await, 404);
}
