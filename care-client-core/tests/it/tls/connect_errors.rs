//! Why a connection couldn't be made is said in one line, with what to do. What can't pass by itself isn't repeated,
//! and isn't called retryable.

use super::servers::*;
use crate::support::*;
use care_client_core::{Error, Http, Kind, Outcome};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// A transport that trusts one authority alone.
fn trusting(authority: &Authority) -> Http {
    let pem = authority.pem();
    Http::new(move || certificates(&pem)).unwrap()
}

fn certificates(pem: &str) -> reqwest::ClientBuilder {
    let certificate = reqwest::Certificate::from_pem(pem.as_bytes()).unwrap();
    reqwest::Client::builder().connect_timeout(Duration::from_secs(5)).tls_certs_only([certificate])
}

/// A transport through a proxy.
fn through(proxy: &str, authority: &Authority) -> Http {
    let (proxy, pem) = (proxy.to_owned(), authority.pem());
    Http::new(move || certificates(&pem).proxy(reqwest::Proxy::all(&proxy).unwrap())).unwrap()
}

async fn error(url: &str, http: Http) -> Error {
    pipeline(url, quick().transport(http)).call(Add).await.unwrap_err()
}

/// Panics unless nothing was sent, the line says this, and it is repeated only if it can pass by itself.
fn assert_says(error: &Error, expected: &str, may_pass: bool) {
    let line = error.to_string();
    assert!(line.contains(expected), "{expected:?} is not in: {}", error.report());
    assert_eq!((error.kind(), error.outcome()), (Kind::Connect, Outcome::NotSent), "{line}");
    assert_eq!(error.attempts(), if may_pass { 3 } else { 1 }, "{line}");
    assert_eq!((error.is_retryable(), line.contains("try again")), (may_pass, may_pass), "{line}");
}

#[tokio::test]
async fn a_server_with_a_good_certificate_is_spoken_to_with_tls_1_2_and_1_3() {
    let authority = Authority::new();
    let identity = authority.issue("localhost", Validity::Now);
    for tls12_only in [false, true] {
        let server = TlsServer::start(&identity, Demands { tls12_only, clients_of: None }, DONE).await;
        let pipeline = pipeline(&server.url(), quick().transport(trusting(&authority)));
        for _ in 0..3 {
            assert_eq!((pipeline.call(Look).await.unwrap(), pipeline.call(Add).await.unwrap()), (7, 7));
        }
        assert_eq!((server.requests(), server.connections()), (6, 4), "each call that is sent once has its own");
    }
}

#[tokio::test]
async fn a_certificate_that_is_not_accepted_is_said_with_the_reason() {
    let authority = Authority::new();
    for (host, validity, trusted, expected) in [
        ("localhost", Validity::Over, true, "its certificate has expired, or the clock of this machine is wrong"),
        ("localhost", Validity::NotYet, true, "its certificate isn't valid yet, or the clock of this machine is wrong"),
        ("elsewhere.example.com", Validity::Now, true, "its certificate is for another name: check the host"),
        (
            "localhost",
            Validity::Now,
            false,
            "of an authority that isn't trusted here: give the authority to the builder",
        ),
    ] {
        let server = TlsServer::start(&authority.issue(host, validity), Demands::default(), DONE).await;
        let transports = match trusted {
            true => vec![trusting(&authority)],
            // Another authority's, and the system's.
            false => vec![trusting(&Authority::new()), shared_http()],
        };
        for http in transports {
            let error = error(&server.url(), http).await;
            assert_says(&error, expected, false);
            assert!(error.to_string().contains(&server.url()), "{error}");
        }
        assert_eq!(server.requests(), 0);
    }
}

#[tokio::test]
async fn a_server_that_wants_a_certificate_of_the_client_says_so_and_gets_it() {
    let (authority, clients) = (Authority::new(), Authority::new());
    let identity = authority.issue("localhost", Validity::Now);
    for tls12_only in [false, true] {
        let demands = Demands { tls12_only, clients_of: Some(&clients) };
        let server = TlsServer::start(&identity, demands, DONE).await;
        let refused = error(&server.url(), trusting(&authority)).await;
        // OpenSSL names the alert of TLS 1.2 as a failed handshake or a bad certificate.
        assert_says(&refused, "a certificate of the client", false);
        assert_eq!(server.requests(), 0);

        let client = clients.issue("client", Validity::Now);
        let pem = authority.pem();
        let http = Http::new(move || certificates(&pem).identity(client.identity())).unwrap();
        assert_eq!(pipeline(&server.url(), quick().transport(http)).call(Add).await.unwrap(), 7);
    }
}

/// A server that answers whatever comes first with this, and closes.
async fn answering(bytes: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 512]).await;
            let _ = stream.write_all(bytes).await;
        }
    });
    port
}

#[tokio::test]
async fn a_port_that_speaks_another_protocol_is_doubted() {
    let authority = Authority::new();
    let plain = answering(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await;
    let spoken = error(&format!("https://localhost:{plain}"), trusting(&authority)).await;
    assert_says(&spoken, "what listens there doesn't speak TLS: use http://, or the port for https", false);

    // Of plain http to a TLS port nobody can prove that nothing was done.
    let server = TlsServer::start(&authority.issue("localhost", Validity::Now), Demands::default(), DONE).await;
    let error = error(&server.url().replace("https", "http"), trusting(&authority)).await;
    assert_eq!((error.kind(), error.outcome()), (Kind::Interrupted, Outcome::Unknown));
    assert!(error.to_string().contains("doesn't speak HTTP: if it speaks TLS, use https://"), "{error}");
}

#[tokio::test]
async fn what_keeps_from_the_server_is_named_with_its_address() {
    let authority = Authority::new();
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for scheme in ["http", "https"] {
        let url = format!("{scheme}://localhost:{}", free.port());
        let refused = error(&url, trusting(&authority)).await;
        assert_says(&refused, &format!("at {url}: nothing listens there: check that the service runs"), true);
    }
    let line = error("https://no-such-host.invalid", trusting(&authority)).await.to_string();
    // Without a network the resolver can't tell.
    assert!(line.contains("its name doesn't resolve") || line.contains("its name can't be resolved"), "{line}");
}

#[tokio::test]
async fn a_proxy_that_refuses_or_wants_credentials_is_told_from_the_server() {
    let authority = Authority::new();
    let target = "https://api.example.com";
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let gone = error(target, through(&format!("http://{free}"), &authority)).await;
    assert_says(
        &gone,
        &format!(
            "the proxy can't be reached: nothing listens there: check that the service runs, and the host and port \
             ({free})"
        ),
        true,
    );
    let wants = Server::start([answer(407, "")]).await;
    let wants = error(target, through(wants.url(), &authority)).await;
    assert_says(&wants, "the proxy wants credentials: put them into its address", false);
    let refuses = Server::start([answer(403, "")]).await;
    let refuses = error(target, through(refuses.url(), &authority)).await;
    assert_says(&refuses, "the proxy would not connect to it: see the proxy's rules and its log", true);
}
