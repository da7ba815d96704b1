//! A call that must not be sent twice never meets a connection that the server is just closing, answers of servers with
//! many headers are read, and plain http needs no certificates.

use crate::support::*;
use care_client_core::{Http, Kind, Outcome};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

#[tokio::test]
async fn a_once_call_opens_a_connection_of_its_own_and_others_share_one() {
    let server = Server::start([answer(200, DONE)]).await;
    let pipeline = pipeline(server.url(), quick());
    for _ in 0..5 {
        pipeline.call(Look).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
    for _ in 0..5 {
        pipeline.call(Add).await.unwrap();
    }
    assert_eq!(server.connections(), 1 + 5);
    pipeline.call(Look).await.unwrap();
    assert_eq!(server.connections(), 1 + 5, "the shared one is still there");
}

#[tokio::test]
async fn a_once_call_shares_connections_where_the_user_allows_it() {
    let server = Server::start([answer(200, DONE)]).await;
    let pipeline = pipeline(server.url(), quick().reuse_for_once(true));
    for _ in 0..5 {
        pipeline.call(Add).await.unwrap();
        pipeline.call(Look).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_repeat_goes_out_on_a_connection_of_its_own() {
    let server = Server::start([answers(200, DONE), answers(503, ""), answers(200, DONE)]).await;
    let pipeline = pipeline(server.url(), quick());
    pipeline.call(Look).await.unwrap();
    assert_eq!(pipeline.call(Look).response().await.unwrap().attempts(), 2);
    assert_eq!((server.requests(), server.connections()), (3, 2));
}

/// A server that closes each connection a moment after its answer, as gunicorn and Node do with idle ones.
async fn closing_server(after: Duration) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, requests) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&requests);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let counted = Arc::clone(&counted);
            tokio::spawn(async move { answer_then_close(stream, after, &counted).await });
        }
    });
    (address, requests)
}

/// Answers what comes until the connection has been idle for the time after an answer.
async fn answer_then_close(mut stream: TcpStream, idle: Duration, requests: &AtomicUsize) {
    let mut bytes = vec![0; 8_192];
    let mut read = stream.read(&mut bytes).await;
    while let Ok(1..) = read {
        requests.fetch_add(1, Relaxed);
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{DONE}", DONE.len());
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        read = tokio::time::timeout(idle, stream.read(&mut bytes)).await.unwrap_or(Ok(0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_1600_creates_none_is_unknown_where_the_server_closes_each_connection_after_its_answer() {
    let (address, requests) = closing_server(Duration::from_millis(1)).await;
    let pipeline = pipeline(&format!("http://{address}"), quick());
    let creates = (0..16).map(|_| {
        let pipeline = pipeline.clone();
        tokio::spawn(async move {
            for _ in 0..100 {
                pipeline.call(Add).await.unwrap();
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        })
    });
    for create in creates.collect::<Vec<_>>() {
        create.await.unwrap();
    }
    assert_eq!(requests.load(Relaxed), 1_600);
}

/// A server whose answers have this many headers.
async fn server_with_headers(count: usize) -> Server {
    let mut many = answer(200, DONE);
    // One more is the length of the body.
    for number in 1..count {
        many = many.header(&format!("x-hop-{number}"), "1");
    }
    Server::start([many]).await
}

#[tokio::test]
async fn an_answer_with_a_thousand_headers_is_a_success_for_every_kind_of_call() {
    let server = server_with_headers(1_000).await;
    for http in [shared_http(), Http::new(reqwest::Client::builder).unwrap()] {
        let pipeline = pipeline(server.url(), quick().transport(http));
        assert_eq!(pipeline.call(Look).await.unwrap(), 7);
        assert_eq!(pipeline.call(Add).await.unwrap(), 7);
    }
    let server = server_with_headers(1_001).await;
    let error = pipeline(server.url(), quick()).call(Add).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Interrupted, Outcome::Unknown));
}

#[cfg(all(unix, any(feature = "rustls", feature = "rustls-ring")))]
mod without_certificates {
    use super::*;

    /// Runs the test again in a process whose system has no certificates.
    fn in_process_without_certificates(test: &str) -> bool {
        if std::env::var_os("SSL_CERT_FILE").is_some_and(|file| file == "/nowhere.pem") {
            return false;
        }
        let this = std::env::current_exe().unwrap();
        let mut child = std::process::Command::new(this);
        let child = child.args(["--exact", test, "--nocapture"]);
        let output = child.env("SSL_CERT_FILE", "/nowhere.pem").env("SSL_CERT_DIR", "/nowhere").output().unwrap();
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && text.contains("1 passed"), "{text}");
        true
    }

    #[tokio::test]
    async fn plain_http_works_and_https_names_the_package_to_install() {
        let name = "connections::without_certificates::plain_http_works_and_https_names_the_package_to_install";
        if in_process_without_certificates(name) {
            return;
        }
        let server = Server::start([answer(200, DONE)]).await;
        for http in [shared_http(), Http::new(reqwest::Client::builder).unwrap()] {
            let options = quick().transport(http);
            assert_eq!(pipeline(server.url(), options.clone()).call(Add).await.unwrap(), 7);
            let error = pipeline("https://localhost:1", options).call(Look).await.unwrap_err();
            assert_eq!(
                (error.kind(), error.outcome(), error.attempts()),
                (Kind::Config, Outcome::NotSent, 1),
                "{error}"
            );
            assert!(error.to_string().contains("install the package ca-certificates"), "{error}");
            assert!(!error.is_retryable(), "{error}");
        }
    }
}

#[tokio::test]
async fn a_read_that_stands_still_on_a_used_connection_is_repeated_on_another_after_a_third_of_its_limit() {
    let server = Server::start([answers(200, DONE), Act::Silence, answers(200, DONE)]).await;
    let options = || quick().attempt_timeout(Duration::from_millis(900));
    let pipeline_of_reads = pipeline(server.url(), options());
    pipeline_of_reads.call(Look).await.unwrap();
    let read = pipeline_of_reads.call(Look).response().await.unwrap();
    assert_eq!((read.attempts(), server.connections()), (2, 2));
    assert!(read.elapsed() < Duration::from_millis(900), "{:?}", read.elapsed());

    // On a connection of its own, silence is the server's, and has the whole time.
    let server = Server::start([Act::Silence, answers(200, DONE)]).await;
    let read = pipeline(server.url(), options()).call(Look).response().await.unwrap();
    assert!(read.elapsed() >= Duration::from_millis(900), "{:?}", read.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_are_repeated_at_once_where_the_server_closes_each_connection_after_its_answer() {
    let (address, _) = closing_server(Duration::from_millis(1)).await;
    // The budget allows few repeats, and a closing connection is no failure of the server.
    let pipeline = pipeline(&format!("http://{address}"), quick());
    for number in 0..400 {
        let read = pipeline.call(Look).response().await;
        assert!(read.is_ok(), "{number}: {read:?}");
        if number % 2 == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}
