//! The receiver behind axum, over real sockets.

use crate::support::*;
use axum::Router;
use care_emulators::caremessenger::{Delivery, DeliveryFaults, DeliveryStatus, Payload};
use care_webhook::{Duplicate, FileJournal, MemorySink};
use futures_util::stream;
use tokio::net::TcpListener;

/// Serves the router, and returns the address below which the receiver is.
async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/care")
}

#[tokio::test]
async fn a_post_is_in_the_file_before_it_is_answered() {
    let folder = Folder::new();
    let journal = FileJournal::open(folder.file("calls.jsonl")).unwrap();
    let receiver = receiver(journal.clone()).build().unwrap();
    let url = serve(Router::new().nest("/care", receiver.into_router())).await;
    let answer = reqwest::Client::new().post(format!("{url}/{SECRET}")).body("help").send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.text().await.unwrap()), (200, String::new()));
    let kept = FileJournal::read_file(journal.path()).unwrap().notifications;
    assert_eq!((kept.len(), &kept[0].body[..]), (1, &b"help"[..]));
}

#[tokio::test]
async fn refusals_come_before_the_body_is_read() {
    let sink = MemorySink::new();
    let url = serve(receiver(sink.clone()).max_body(8).build().unwrap().into_router()).await;
    let client = reqwest::Client::new();
    let right = format!("{url}/{SECRET}");
    assert_eq!(client.get(&right).send().await.unwrap().status(), 405);
    assert_eq!(client.post(&url).send().await.unwrap().status(), 404);
    assert_eq!(client.post(format!("{url}/{SECRET}x")).body("x").send().await.unwrap().status(), 404);
    assert_eq!(client.post(&right).body("123456789").send().await.unwrap().status(), 413);
    assert_eq!(client.post(&right).body("12345678").send().await.unwrap().status(), 200);
    assert_eq!(kept(&sink), ["desk 12345678 No"]);
}

#[tokio::test]
async fn a_body_that_says_no_length_is_read_no_further_than_the_limit() {
    let sink = MemorySink::new();
    let router = receiver(sink.clone()).max_body(8).build().unwrap().into_router();
    for (body, status) in [("12345678", 200), ("123456789", 413)] {
        let chunks = stream::iter([Ok::<_, std::io::Error>(&body[..4]), Ok(&body[4..])]);
        let request = http::Request::post(format!("/{SECRET}")).body(axum::body::Body::from_stream(chunks)).unwrap();
        let answer = tower::ServiceExt::oneshot(router.clone(), request).await.unwrap();
        assert_eq!(answer.status(), status);
    }
    assert_eq!(kept(&sink), ["desk 12345678 No"]);
}

#[tokio::test]
async fn of_a_strangers_body_nothing_is_read_and_of_an_endless_one_little() {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    static READ: AtomicUsize = AtomicUsize::new(0);
    let router = receiver(MemorySink::new()).max_body(8).build().unwrap().into_router();
    for (path, status, most) in [("/someone-elses-secret", 404, 0), (SECRET, 413, 5)] {
        READ.store(0, SeqCst);
        let chunks = stream::repeat_with(|| {
            assert!(READ.fetch_add(1, SeqCst) < 1_000, "it reads on and on");
            Ok::<_, std::io::Error>("1234")
        });
        let request = http::Request::post(format!("/{path}")).body(axum::body::Body::from_stream(chunks)).unwrap();
        let answer = tower::ServiceExt::oneshot(router.clone(), request).await.unwrap();
        assert_eq!(answer.status(), status);
        assert!(READ.load(SeqCst) <= most, "{path}: {}", READ.load(SeqCst));
    }
}

#[tokio::test]
async fn what_the_sender_does_over_sockets_arrives_and_half_a_body_is_no_call() {
    let sink = MemorySink::new();
    let url = serve(Router::new().nest("/care", receiver(sink.clone()).build().unwrap().into_router())).await;
    let faults = DeliveryFaults::default();
    faults.truncate_body();
    faults.lose_answer();
    let schedule = care_emulators::caremessenger::Schedule::default().skip_waits();
    let delivery = Delivery::to(format!("{url}/{SECRET}"), Payload::new("text/plain", "Help!"));
    let transcript = delivery.schedule(schedule).faults(&faults).run().await;
    assert_eq!((transcript.status, transcript.attempts.len()), (DeliveryStatus::Delivered, 3));
    let marks: Vec<_> = sink.notifications().iter().map(|kept| (kept.body.len(), kept.duplicate)).collect();
    assert_eq!(marks, [(5, Duplicate::No), (5, Duplicate::Probable)]);
}

#[tokio::test]
async fn a_post_with_a_secret_whose_body_cannot_be_had_is_told_and_a_strangers_is_not() {
    type Chunk = Result<&'static str, std::io::Error>;
    let broken = || Err(std::io::Error::other("hung up"));
    let (sink, reports) = (MemorySink::new(), Reports::default());
    let router = reports.of(receiver(sink.clone()).max_body(8)).build().unwrap().into_router();
    let long = || -> Vec<Chunk> { vec![Ok("12345"), Ok("6789")] };
    for (path, length, chunks, status, says) in [
        (SECRET, Some("9"), vec![], 413, &["more than 8 bytes"][..]),
        (SECRET, None, long(), 413, &["more than 8 bytes"]),
        (SECRET, None, vec![Ok("12345"), broken()], 503, &["broke off"]),
        (SECRET, None, vec![broken()], 503, &["broke off"]),
        ("someone-elses-secret", Some("9"), vec![], 404, &[]),
        ("someone-elses-secret", None, long(), 404, &[]),
        (SECRET, Some("8"), vec![Ok("1234"), Ok("5678")], 200, &[]),
    ] {
        let body = axum::body::Body::from_stream(stream::iter(chunks));
        let mut request = http::Request::post(format!("/{path}"));
        if let Some(length) = length {
            request = request.header("content-length", length);
        }
        let answer = tower::ServiceExt::oneshot(router.clone(), request.body(body).unwrap()).await.unwrap();
        assert_eq!(answer.status(), status);
        reports.are(says);
    }
    assert_eq!(kept(&sink), ["desk 12345678 No"]);
}
