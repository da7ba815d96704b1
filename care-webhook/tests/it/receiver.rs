//! The receiver: what it takes and how it answers, what it stores and how it marks it.

use crate::support::*;
use bytes::Bytes;
use care_webhook::{
    BoxFuture, DedupeKey, DedupeStore, Duplicate, MemoryDedupeStore, MemorySink, Notification, Pointers, Receiver,
    SecretInPath, Sink, StoreError, Suppress,
};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{FutureExt, future::join};
use http::{HeaderMap, Method, Request, StatusCode};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, AtomicUsize, Ordering::SeqCst},
};

#[tokio::test(start_paused = true)]
async fn what_is_stored_is_answered_200_or_201_and_nothing_else() {
    for (created, answer) in [(false, 200), (true, 201)] {
        let sink = MemorySink::new();
        let builder = if created { receiver(sink.clone()).answer_created() } else { receiver(sink.clone()) };
        let receiver = builder.build().unwrap();
        for body in [&b"{\"resident\":7}"[..], b"", b"\xff\x00", b"a=b", b"<call/>", b"{"] {
            let request = post(SECRET, Bytes::from(body));
            assert_eq!(status(&receiver, request).await, answer, "{body:?}");
            let notification = sink.take().pop().unwrap();
            assert_eq!((&*notification.notifier, &notification.body[..]), ("desk", body));
            assert_eq!(notification.headers["content-type"], "application/json");
            assert_eq!(notification.json().is_some(), body.starts_with(b"{\""));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_url_tells_which_notifier_was_called() {
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).build().unwrap();
    for uri in [
        format!("/{SECRET}"),
        format!("https://host/a/b/{NIGHT}/"),
        format!("/x/{SECRET}?from=proxy"),
        format!("/{NIGHT}//"),
    ] {
        let request = Request::post(uri).body(Bytes::new()).unwrap();
        assert_eq!(status(&receiver, request).await, 200);
    }
    let called: Vec<_> = sink.notifications().iter().map(|notification| notification.notifier.to_string()).collect();
    assert_eq!(called, ["desk", "night", "desk", "night"]);
}

#[tokio::test(start_paused = true)]
async fn strangers_are_refused_and_nothing_of_theirs_is_stored() {
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).max_body(4).build().unwrap();
    let send = |method: Method, path: &str, body: &'static str| {
        let request = Request::builder().method(method).uri(path).body(Bytes::from(body)).unwrap();
        let receiver = receiver.clone();
        async move { receiver.handle(request).await }
    };
    let secret = format!("/care/{SECRET}");
    let get = send(Method::GET, &secret, "").await;
    assert_eq!((get.status().as_u16(), &get.headers()["allow"]), (405, &http::HeaderValue::from_static("POST")));
    assert_eq!(send(Method::PUT, &secret, "").await.status(), 405);
    assert_eq!(send(Method::POST, &secret, "12345").await.status(), 413);
    for path in [
        "/",
        "/care",
        "/care/",
        &secret[..secret.len() - 1],
        &format!("{secret}x"),
        &format!("{secret}/x"),
        &format!("/care/?{SECRET}"),
        &secret.to_uppercase(),
        &format!("/{SECRET}/care"),
    ] {
        assert_eq!(send(Method::POST, path, "1234").await.status(), 404, "{path}");
    }
    assert!(sink.notifications().is_empty());
    assert_eq!(send(Method::POST, &secret, "1234").await.status(), 200, "the limit itself fits");
}

#[tokio::test(start_paused = true)]
async fn secrets_are_changed_while_it_runs() {
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).build().unwrap();
    let other = "another-secret-0001";
    let clone = receiver.clone();
    receiver.replace_secrets("desk", [other, SECRET]).unwrap();
    assert_eq!(
        (status(&clone, post(SECRET, "a")).await, status(&clone, post(other, "b")).await),
        (StatusCode::OK, StatusCode::OK)
    );
    receiver.replace_secrets("desk", [other]).unwrap();
    assert_eq!(
        (status(&clone, post(SECRET, "c")).await.as_u16(), status(&clone, post(other, "d")).await.as_u16()),
        (404, 200)
    );
    assert!(receiver.replace_secrets("desk", [NIGHT]).is_err(), "that is the night's");
    assert_eq!(kept(&sink), ["desk a No", "desk b No", "desk d No"]);
}

#[tokio::test(start_paused = true)]
async fn a_verifier_is_asked_with_the_bytes_as_they_came() {
    let sink = MemorySink::new();
    let verifier = |headers: &HeaderMap, body: &[u8]| headers.contains_key("content-type") && body.starts_with(b" {");
    let receiver = receiver(sink.clone()).verifier(verifier).build().unwrap();
    assert_eq!(status(&receiver, post(SECRET, "{}")).await, 401);
    assert_eq!(status(&receiver, post(SECRET, " {}")).await, 200);
    assert_eq!(kept(&sink), ["desk  {} No"]);
}

#[tokio::test(start_paused = true)]
async fn it_is_stored_before_it_is_answered() {
    let signal = Signal::default();
    let sink = FaultySink::new(FaultyStore::held(1, When::Before, signal.clone()));
    let receiver = receiver(sink.clone()).store_timeout(secs(3_600)).build().unwrap();
    let mut answer = Box::pin(receiver.handle(post(SECRET, "a")));
    assert!((&mut answer).now_or_never().is_none());
    signal.reached().await;
    assert!((&mut answer).now_or_never().is_none() && sink.kept.notifications().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_sink_that_fails_panics_or_hangs_is_answered_503_and_told() {
    struct Panics;
    impl Sink for Panics {
        fn store<'a>(&'a self, _: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
            panic!("the sink is broken")
        }
    }
    let told = Arc::new(AtomicUsize::new(0));
    let with = |builder: care_webhook::ReceiverBuilder| {
        let told = Arc::clone(&told);
        builder
            .on_failure(move |_| {
                told.fetch_add(1, SeqCst);
            })
            .build()
            .unwrap()
    };
    let failing = FaultySink::new(FaultyStore::failing());
    for receiver in [
        with(receiver(failing.clone())),
        with(receiver(Panics)),
        with(receiver(FaultySink::new(FaultyStore::hanging()))),
    ] {
        let before = told.load(SeqCst);
        assert_eq!(status(&receiver, post(SECRET, "a")).await, 503);
        assert_eq!(told.load(SeqCst), before + 1);
    }
    // What failed leaves no trace that would hide its repetition.
    let receiver = with(receiver(failing.clone()));
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 503);
    failing.fault.repair();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
    assert_eq!(kept(&failing.kept), ["desk a No"]);
}

#[tokio::test(start_paused = true)]
async fn a_slow_sink_is_waited_for_up_to_the_limit_and_stores_all_the_same() {
    let sink = FaultySink::new(FaultyStore::slow(secs(9)));
    let begun = tokio::time::Instant::now();
    assert_eq!(status(&receiver(sink.clone()).build().unwrap(), post(SECRET, "a")).await, 200);
    assert_eq!(begun.elapsed(), secs(9));
    let impatient = receiver(sink.clone()).store_timeout(secs(2)).build().unwrap();
    assert_eq!(status(&impatient, post(SECRET, "b")).await, 503);
    tokio::time::sleep(secs(8)).await;
    assert_eq!(kept(&sink.kept), ["desk a No", "desk b No"]);
}

#[tokio::test(start_paused = true)]
async fn a_sender_who_hangs_up_does_not_end_the_storing() {
    let sink = FaultySink::new(FaultyStore::slow(secs(5)));
    let receiver = receiver(sink.clone()).build().unwrap();
    let hung_up = tokio::time::timeout(secs(1), receiver.handle(post(SECRET, "a"))).await;
    assert!(hung_up.is_err());
    tokio::time::sleep(secs(5)).await;
    assert_eq!(kept(&sink.kept), ["desk a No"]);
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
    assert_eq!(kept(&sink.kept)[1], "desk a Probable", "and what was stored is remembered");
}

#[tokio::test(start_paused = true)]
async fn the_same_bytes_are_marked_and_stored_again() {
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).build().unwrap();
    for (secret, body) in [(SECRET, "a"), (SECRET, "a"), (SECRET, "b"), (NIGHT, "a"), (SECRET, "a")] {
        assert_eq!(status(&receiver, post(secret, body)).await, 200);
    }
    assert_eq!(kept(&sink), ["desk a No", "desk a Probable", "desk b No", "night a No", "desk a Probable"]);
    assert!(sink.notifications().iter().all(|notification| notification.duplicate.needs_action()));
}

#[tokio::test(start_paused = true)]
async fn a_known_id_makes_a_duplicate_certain() {
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).id_pointer("/request/id").build().unwrap();
    for body in
        [r#"{"request":{"id":1},"try":1}"#, r#"{"request":{"id":1},"try":2}"#, r#"{"request":{"id":2}}"#, "{}", "{}"]
    {
        assert_eq!(status(&receiver, post(SECRET, body)).await, 200);
    }
    let marks: Vec<_> = sink.notifications().iter().map(|notification| notification.duplicate).collect();
    use Duplicate::{Certain, No, Probable};
    assert_eq!(marks, [No, Certain, No, No, Probable]);
    assert!(!Certain.needs_action());
    let error = Receiver::builder(SecretInPath::new(), MemorySink::new())
        .notifier("desk", SECRET)
        .id_pointer("id")
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("slash"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn only_who_asks_for_it_loses_duplicates_and_they_are_acknowledged() {
    let bodies = [r#"{"id":1}"#, r#"{"id":1}"#, "help", "help"];
    for (suppress, stored) in [(Suppress::Nothing, 4), (Suppress::Certain, 3), (Suppress::CertainAndProbable, 2)] {
        let sink = MemorySink::new();
        let receiver = receiver(sink.clone()).id_pointer("/id").suppress(suppress).build().unwrap();
        for body in bodies {
            assert_eq!(status(&receiver, post(SECRET, body)).await, 200);
        }
        assert_eq!(sink.notifications().len(), stored, "{suppress:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn two_at_once_wait_for_each_other_and_one_is_marked() {
    let sink = FaultySink::new(FaultyStore::slow(secs(1)));
    let receiver = receiver(sink.clone()).build().unwrap();
    let both = join(receiver.handle(post(SECRET, "a")), receiver.handle(post(SECRET, "a"))).await;
    assert_eq!((both.0.status(), both.1.status()), (StatusCode::OK, StatusCode::OK));
    assert_eq!(kept(&sink.kept), ["desk a No", "desk a Probable"]);
    // Others don't wait.
    let begun = tokio::time::Instant::now();
    join(receiver.handle(post(SECRET, "b")), receiver.handle(post(SECRET, "c"))).await;
    assert_eq!(begun.elapsed(), secs(1));
}

/// A clock that a test moves.
fn clock() -> (Arc<AtomicI64>, impl Fn() -> DateTime<Utc> + Send + Sync + 'static) {
    let seconds = Arc::new(AtomicI64::new(0));
    let read = Arc::clone(&seconds);
    let start: DateTime<Utc> = "2026-11-28T02:03:04Z".parse().unwrap();
    (seconds, move || start + TimeDelta::seconds(read.load(SeqCst)))
}

#[tokio::test(start_paused = true)]
async fn the_window_is_ten_minutes_by_the_given_clock() {
    let sink = MemorySink::new();
    let (seconds, now) = clock();
    let receiver = receiver(sink.clone()).clock(now).build().unwrap();
    for (at, mark) in [
        (0, "No"),
        (300, "Probable"),
        (600, "Probable"),
        (601, "No"),
        (600, "Probable"),
        (10, "Probable"),
        (-1_000, "No"),
    ] {
        seconds.store(at, SeqCst);
        assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
        let last = sink.notifications().pop().unwrap();
        assert_eq!(
            (format!("{:?}", last.duplicate).as_str(), last.received_at.timestamp() % 1_000),
            (mark, (1_795_831_384 + at) % 1_000)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_memory_is_bounded_and_forgets_the_oldest() {
    let sink = MemorySink::new();
    let store = MemoryDedupeStore::new().with_capacity(2);
    let receiver = receiver(sink.clone()).dedupe_store(store).build().unwrap();
    for body in ["a", "b", "c", "c", "b", "a"] {
        status(&receiver, post(SECRET, body)).await;
    }
    assert_eq!(kept(&sink)[3..], ["desk c Probable", "desk b Probable", "desk a No"]);
}

#[tokio::test(start_paused = true)]
async fn what_was_stored_before_a_restart_marks_its_repetition() {
    let sink = MemorySink::new();
    status(&receiver(sink.clone()).build().unwrap(), post(SECRET, "a")).await;
    let restarted = receiver(sink.clone()).build().unwrap();
    restarted.remember(&sink.notifications()).await.unwrap();
    status(&restarted, post(SECRET, "a")).await;
    assert_eq!(kept(&sink), ["desk a No", "desk a Probable"]);
}

#[tokio::test(start_paused = true)]
async fn a_dedupe_store_that_fails_keeps_nothing_back() {
    #[derive(Default)]
    struct Broken(Mutex<Vec<String>>);
    impl DedupeStore for Broken {
        fn seen<'a>(&'a self, key: &'a DedupeKey, _: DateTime<Utc>) -> BoxFuture<'a, Result<bool, StoreError>> {
            self.0.lock().unwrap().push(format!("seen {}", key.as_str().split(':').nth(1).unwrap()));
            Box::pin(async { Err("down".into()) })
        }
        fn record<'a>(&'a self, _: &'a DedupeKey, _: DateTime<Utc>) -> BoxFuture<'a, Result<(), StoreError>> {
            self.0.lock().unwrap().push("record".to_owned());
            Box::pin(async { Err("down".into()) })
        }
    }
    let (sink, store) = (FaultySink::new(FaultyStore::failing()), Arc::new(Broken::default()));
    let receiver = receiver(sink.clone()).dedupe_store(Arc::clone(&store)).build().unwrap();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 503);
    assert_eq!(*store.0.lock().unwrap(), ["seen body"], "recorded is only what was stored");
    sink.fault.repair();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
    assert_eq!(kept(&sink.kept), ["desk a No"]);
    assert_eq!(*store.0.lock().unwrap(), ["seen body", "seen body", "record"]);
    assert!(receiver.remember(&sink.kept.notifications()).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_dedupe_store_that_hangs_keeps_nothing_back() {
    struct Hangs;
    impl DedupeStore for Hangs {
        fn seen<'a>(&'a self, _: &'a DedupeKey, _: DateTime<Utc>) -> BoxFuture<'a, Result<bool, StoreError>> {
            Box::pin(std::future::pending())
        }
        fn record<'a>(&'a self, _: &'a DedupeKey, _: DateTime<Utc>) -> BoxFuture<'a, Result<(), StoreError>> {
            Box::pin(std::future::pending())
        }
    }
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).dedupe_store(Hangs).build().unwrap();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
    assert_eq!(kept(&sink), ["desk a No"]);
}

#[tokio::test(start_paused = true)]
async fn a_post_that_hangs_in_the_sink_does_not_keep_its_repetition_back() {
    struct HangsOnce(AtomicUsize, MemorySink);
    impl Sink for HangsOnce {
        fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
            if self.0.fetch_add(1, SeqCst) == 0 { Box::pin(std::future::pending()) } else { self.1.store(notification) }
        }
    }
    let sink = MemorySink::new();
    let receiver = receiver(HangsOnce(AtomicUsize::new(0), sink.clone())).build().unwrap();
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 503);
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
    assert_eq!(status(&receiver, post(SECRET, "a")).await, 200);
    assert_eq!(kept(&sink), ["desk a No", "desk a Probable"]);
}

#[tokio::test(start_paused = true)]
async fn a_body_may_have_64_kib_unless_told_otherwise() {
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).build().unwrap();
    for (length, answer) in [(65_536, 200), (65_537, 413)] {
        assert_eq!(status(&receiver, post(SECRET, vec![b'a'; length])).await, answer, "{length}");
    }
    assert_eq!(sink.notifications().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_hook_stands_between_the_storing_and_the_answer() {
    let (sink, signal) = (MemorySink::new(), Signal::default());
    let (seen, held) = (sink.clone(), signal.clone());
    let hook = move |notification: &Notification| -> BoxFuture<'static, ()> {
        assert_eq!((&*notification.notifier, seen.notifications().len()), ("desk", 1));
        let held = held.clone();
        Box::pin(async move { held.hold().await })
    };
    let receiver = receiver(sink.clone()).before_answer(hook).build().unwrap();
    let answer = tokio::time::timeout(secs(3_600), receiver.handle(post(SECRET, "a")));
    let (answer, ()) = join(answer, signal.reached()).await;
    assert!(answer.is_err(), "it waits for the hook as long as that takes");
    assert_eq!(kept(&sink), ["desk a No"]);
}

#[tokio::test(start_paused = true)]
async fn values_are_found_by_pointers_where_they_are() {
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).build().unwrap();
    status(&receiver, post(SECRET, r#"{"resident":{"id":7,"site":5},"provider":10,"at":"2026-11-28T02:03:04Z"}"#))
        .await;
    status(&receiver, post(SECRET, "help")).await;
    let pointers = Pointers::new().resident("/resident/id").site("/resident/site").provider("/provider").time("/at");
    let notifications = sink.notifications();
    let found = &notifications[0];
    assert_eq!(pointers.resident_of(found), Some(7.into()));
    assert_eq!(pointers.site_of(found), Some(5.into()));
    assert_eq!(pointers.provider_of(found), Some(10.into()));
    assert_eq!(pointers.time_of(found), Some("2026-11-28T02:03:04Z".into()));
    assert_eq!((pointers.resident_of(&notifications[1]), Pointers::new().resident_of(found)), (None, None));
    assert_eq!(found.at("/nowhere"), None);
}
