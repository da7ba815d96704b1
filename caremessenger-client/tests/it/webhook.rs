//! What CareMessenger's receiver takes from the documents: how it is called, what it answers, how long it looks back.

use crate::support::*;
use bytes::Bytes;
use caremessenger_client::webhook::{Duplicate, MemorySink, Receiver, Service};
use chrono::{DateTime, TimeDelta, Utc};
use http::{Method, Request};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::SeqCst},
};

#[tokio::test(start_paused = true)]
async fn whatever_the_body_is_it_is_kept_and_acknowledged_by_200_or_201() {
    // CARE-28, CARE-32
    for (created, answer) in [(false, 200), (true, 201)] {
        let sink = MemorySink::new();
        let builder = receiver(sink.clone());
        let builder = if created { builder.answer_created() } else { builder };
        let receiver = builder.build().unwrap();
        for body in [&b"{\"resident\":7}"[..], b"", b"\xff\x00", b"a=b", b"<call/>", b"{"] {
            assert_eq!(status(&receiver, post(SECRET, Bytes::from(body))).await, answer, "{body:?}");
            assert_eq!(&sink.take().pop().unwrap().body[..], body);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_segment_of_the_url_is_the_secret_and_tells_which_notifier_was_called() {
    // CARE-29, CARE-33
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).build().unwrap();
    for (path, answer) in [
        (format!("/{SECRET}"), 200),
        (format!("/a/b/{NIGHT}/"), 200),
        (format!("/x/{SECRET}?from=proxy"), 200),
        (format!("/{SECRET}/care"), 404),
        ("/care".to_owned(), 404),
    ] {
        let request = Request::post(path.as_str()).body(Bytes::new()).unwrap();
        assert_eq!(status(&receiver, request).await, answer, "{path}");
    }
    let get = Request::builder().method(Method::GET).uri(format!("/{SECRET}")).body(Bytes::new()).unwrap();
    assert_eq!(status(&receiver, get).await, 405, "there is no handshake");
    let called: Vec<_> = sink.notifications().iter().map(|kept| kept.notifier.to_string()).collect();
    assert_eq!(called, ["desk", "night", "desk"]);
    receiver.replace_secrets("desk", ["another-secret-0001"]).unwrap();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 404);
    assert_eq!(status(&receiver, post("another-secret-0001", "a")).await, 200);
}

#[tokio::test(start_paused = true)]
async fn the_same_bytes_are_a_probable_repetition_for_ten_minutes() {
    // CARE-30, CARE-31
    let (sink, seconds) = (MemorySink::new(), Arc::new(AtomicI64::new(0)));
    let (clock, start) = (Arc::clone(&seconds), "2026-11-28T02:03:04Z".parse::<DateTime<Utc>>().unwrap());
    let receiver: Receiver =
        receiver(sink.clone()).clock(move || start + TimeDelta::seconds(clock.load(SeqCst))).build().unwrap();
    for (at, mark) in [(0, Duplicate::No), (600, Duplicate::Probable), (601, Duplicate::No)] {
        seconds.store(at, SeqCst);
        assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
        assert_eq!(sink.notifications().pop().unwrap().duplicate, mark, "{at}");
    }
    fn is_a_service<T: Service>() {}
    is_a_service::<caremessenger_client::webhook::SecretInPath>();
}
