//! The server takes every whole post of a sender with a secret, however it behaves, and strangers can't keep it from
//! that.

use crate::support::*;
use care_webhook::{BoxFuture, FileJournal, MemorySink, Notification, Receiver, Serve, Sink, StoreError};
use futures_util::future::join_all;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};

const POSTS: usize = 100;

/// A server that runs, and what stops it.
struct Server {
    address: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Server {
    async fn start(receiver: &Receiver, set: impl FnOnce(Serve) -> Serve) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (stop, stopped) = oneshot::channel::<()>();
        let serve = set(receiver.serve(listener)).with_shutdown(async { drop(stopped.await) });
        Self { address, stop, serving: tokio::spawn(serve.into_future()) }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).await.unwrap()
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        timeout(secs(30), self.serving).await.expect("it stops").unwrap();
    }
}

fn head(secret: &str, length: usize) -> String {
    format!("POST /care/{secret} HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n")
}

fn whole(call: usize) -> Vec<u8> {
    let body = format!("call {call}");
    [head(SECRET, body.len()), body].concat().into_bytes()
}

/// What comes until the end of the connection.
async fn answer(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = timeout(secs(20), stream.read_to_end(&mut answer)).await.expect("it ends");
    String::from_utf8(answer).unwrap()
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < secs(20), "{what}");
        sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_closes_the_sending_side_behind_the_post_is_answered() {
    let sink = MemorySink::new();
    let server = Server::start(&receiver(sink.clone()).build().unwrap(), |serve| serve).await;
    let posts = (0..POSTS).map(async |call| {
        let mut stream = server.connect().await;
        stream.write_all(&whole(call)).await.unwrap();
        stream.shutdown().await.unwrap();
        answer(stream).await.starts_with("HTTP/1.1 200 ")
    });
    assert!(join_all(posts).await.into_iter().all(|answered| answered));
    assert_eq!(sink.notifications().len(), POSTS);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_closes_the_connection_behind_the_post_is_heard() {
    let sink = MemorySink::new();
    let server = Server::start(&receiver(sink.clone()).build().unwrap(), |serve| serve).await;
    for call in 0..POSTS {
        server.connect().await.write_all(&whole(call)).await.unwrap();
    }
    until("all are stored", || sink.notifications().len() == POSTS).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_pauses_between_head_and_body_and_closes_then_is_heard() {
    let sink = MemorySink::new();
    let server = Server::start(&receiver(sink.clone()).build().unwrap(), |serve| serve).await;
    let posts = (0..POSTS).map(async |_| {
        let mut stream = server.connect().await;
        stream.write_all(head(SECRET, 4).as_bytes()).await.unwrap();
        sleep(Duration::from_millis(100)).await;
        stream.write_all(b"help").await.unwrap();
    });
    join_all(posts).await;
    until("all are stored", || sink.notifications().len() == POSTS).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_breaks_off_is_reported_if_its_sender_has_a_secret() {
    let (sink, reports) = (MemorySink::new(), Reports::default());
    let receiver = reports.of(receiver(sink.clone())).build().unwrap();
    let server = Server::start(&receiver, |serve| serve).await;
    for secret in [SECRET, "someone-elses-secret"] {
        let mut stream = server.connect().await;
        stream.write_all(head(secret, 4).as_bytes()).await.unwrap();
        stream.write_all(b"he").await.unwrap();
        drop(stream);
    }
    server.stop().await;
    assert!(sink.notifications().is_empty());
    reports.are(&["the body of a post with a valid secret broke off"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_and_bodies_that_take_too_long_are_given_up() {
    let (sink, reports) = (MemorySink::new(), Reports::default());
    let receiver = reports.of(receiver(sink.clone())).build().unwrap();
    let (short, begun) = (Duration::from_millis(300), Instant::now());
    let set = |serve: Serve| serve.with_head_timeout(short).with_body_timeout(short);
    let server = Server::start(&receiver, set).await;
    let silent = server.connect().await;
    let mut dripping = server.connect().await;
    dripping.write_all(b"POST /ca").await.unwrap();
    let mut halting = server.connect().await;
    halting.write_all(&[head(SECRET, 4).as_bytes(), b"he"].concat()).await.unwrap();
    let mut idle = server.connect().await;
    idle.write_all(&whole(1)).await.unwrap();
    let (silent, dripping, halting, idle) =
        tokio::join!(answer(silent), answer(dripping), answer(halting), answer(idle));
    assert_eq!((&*silent, dripping.contains("200")), ("", false));
    assert!(halting.starts_with("HTTP/1.1 503 "), "{halting}");
    assert!(idle.starts_with("HTTP/1.1 200 "), "{idle}");
    assert!(begun.elapsed() < secs(5), "{:?}", begun.elapsed());
    reports.are(&["it was not complete within 300ms"]);
    assert_eq!(sink.notifications().len(), 1);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_cap_strangers_make_room_and_who_has_shown_a_secret_stays() {
    let sink = MemorySink::new();
    let receiver = receiver(sink.clone()).build().unwrap();
    let server = Server::start(&receiver, |serve| serve.with_max_connections(4)).await;
    let mut known = server.connect().await;
    known.write_all(&whole(0)).await.unwrap();
    let mut bytes = [0; 12];
    known.read_exact(&mut bytes).await.unwrap();
    assert_eq!(&bytes, b"HTTP/1.1 200");
    let mut strangers = Vec::new();
    for _ in 0..20 {
        let mut stream = server.connect().await;
        stream.write_all(b"G").await.unwrap();
        strangers.push(stream);
    }
    let mut stream = server.connect().await;
    stream.write_all(&whole(1)).await.unwrap();
    stream.shutdown().await.unwrap();
    assert!(answer(stream).await.starts_with("HTTP/1.1 200 "));
    // The first connection was silent for longest, and is still there.
    known.write_all(&whole(2)).await.unwrap();
    until("it is heard", || sink.notifications().len() == 3).await;
    drop(strangers);
    server.stop().await;
}

/// A sink that takes a while.
struct Slow(MemorySink, Arc<AtomicUsize>);

impl Sink for Slow {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.1.fetch_add(1, SeqCst);
            sleep(Duration::from_millis(500)).await;
            self.0.store(notification).await
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_finishes_what_is_in_hand_and_what_waits_to_be_accepted() {
    let (sink, begun) = (MemorySink::new(), Arc::<AtomicUsize>::default());
    let receiver = receiver(Slow(sink.clone(), Arc::clone(&begun))).build().unwrap();
    let server = Server::start(&receiver, |serve| serve).await;
    let mut streams = Vec::new();
    for call in 0..POSTS {
        let mut stream = server.connect().await;
        stream.write_all(&whole(call)).await.unwrap();
        stream.shutdown().await.unwrap();
        streams.push(stream);
        if call == POSTS / 2 {
            until("half of them are being stored", || begun.load(SeqCst) > POSTS / 2).await;
        }
    }
    let silent = server.connect().await;
    let (stopped, answers) = tokio::join!(server.stop(), join_all(streams.into_iter().map(answer)));
    let () = stopped;
    let answered = answers.iter().filter(|answer| answer.starts_with("HTTP/1.1 200 ")).count();
    assert_eq!(answered, POSTS);
    assert_eq!(sink.notifications().len(), POSTS);
    assert_eq!(answer(silent).await, "", "a stranger holds no stop up");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_is_asked_for_once_a_post() {
    use care_webhook::Service;
    use http::request::Parts;
    struct Counting(Arc<AtomicUsize>);
    impl Service for Counting {
        fn secret<'r>(&self, request: &'r Parts) -> Option<&'r str> {
            self.0.fetch_add(1, SeqCst);
            request.headers.get("x-secret")?.to_str().ok()
        }
        fn dedupe_window(&self) -> Duration {
            secs(60)
        }
        fn acknowledgement(&self) -> http::StatusCode {
            http::StatusCode::ACCEPTED
        }
        fn delivery_id(&self, notification: &Notification) -> Option<String> {
            Some(notification.at("/id")?.to_string())
        }
        fn handshake(&self, request: &Parts) -> Option<http::Response<bytes::Bytes>> {
            let challenge = request.uri.query()?.strip_prefix("challenge=")?;
            Some(http::Response::new(challenge.to_owned().into()))
        }
    }
    let (asked, sink) = (Arc::<AtomicUsize>::default(), MemorySink::new());
    let builder = Receiver::builder(Counting(Arc::clone(&asked)), sink.clone());
    let server = Server::start(&builder.notifier("inbox", SECRET).build().unwrap(), |serve| serve).await;
    let client = reqwest::Client::new();
    let url = format!("http://{}/any", server.address);
    for body in ["{\"id\":7,\"try\":1}", "{\"id\":7,\"try\":2}"] {
        let answer = client.post(&url).header("x-secret", SECRET).body(body).send().await.unwrap();
        assert_eq!(answer.status(), 202);
    }
    assert_eq!(asked.load(SeqCst), 2);
    assert_eq!(client.post(&url).send().await.unwrap().status(), 404);
    let greeted = client.get(format!("{url}?challenge=abc")).send().await.unwrap();
    assert_eq!((greeted.status().as_u16(), greeted.text().await.unwrap().as_str()), (200, "abc"));
    let marks: Vec<_> = sink.notifications().iter().map(|kept| kept.duplicate.needs_action()).collect();
    assert_eq!(marks, [true, false], "the id is what identifies a delivery");
    drop(client);
    server.stop().await;
}

/// The server of a process with few descriptors. Without its variable it is a test of nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_one_with_few_descriptors() {
    let Some(path) = std::env::var_os(JOURNAL) else { return };
    let receiver = receiver(FileJournal::open(path).unwrap()).build().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("listening at {} .", listener.local_addr().unwrap());
    receiver.serve(listener).await;
}

const JOURNAL: &str = "CARE_WEBHOOK_TEST_FEW_DESCRIPTORS";

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn eighty_silent_strangers_at_a_process_with_sixty_descriptors_keep_no_call_back() {
    use std::{
        io::{BufRead, BufReader},
        process::{Command, Stdio},
    };
    let folder = Folder::new();
    let path = folder.file("calls.jsonl");
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -n 60; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["serve::the_one_with_few_descriptors", "--exact", "--nocapture", "--test-threads=1"])
        .env(JOURNAL, &path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.find_map(|line| line.ok().filter(|line| line.contains("listening at "))).unwrap();
    let address = line.split("listening at ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let mut strangers = Vec::new();
    for _ in 0..80 {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(b"P").await.unwrap();
        strangers.push(stream);
    }
    let begun = Instant::now();
    let posts = (0..10).map(async |call| {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(&whole(call)).await.unwrap();
        stream.shutdown().await.unwrap();
        answer(stream).await.starts_with("HTTP/1.1 200 ")
    });
    let answered = join_all(posts).await;
    let waited = begun.elapsed();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(answered.into_iter().all(|answered| answered));
    assert!(waited < secs(8), "no sooner than the time limit of heads would have done it: {waited:?}");
    assert_eq!(FileJournal::read_file(&path).unwrap().notifications.len(), 10);
}

#[test]
fn the_documented_proxy_configurations_are_those_that_were_tested() {
    let documented = include_str!("../../src/server/proxies.md");
    for tested in [
        include_str!("../../../interop/proxies/nginx.conf"),
        include_str!("../../../interop/proxies/haproxy.cfg"),
        include_str!("../../../interop/proxies/Caddyfile"),
    ] {
        assert!(documented.contains(tested), "{tested}");
    }
}
