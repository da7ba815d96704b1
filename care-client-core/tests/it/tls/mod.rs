//! With any of the TLS features an https call speaks TLS from its first byte; without one it is refused before it
//! begins.

#[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
mod connect_errors;
#[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
mod servers;

use crate::support::*;
use care_client_core::{Error, Http, Kind, Options, Pipeline};

const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"));

fn https(port: u16, options: Options) -> Result<Pipeline, Error> {
    Pipeline::builder(format!("https://localhost:{port}"), "tests/1.0").options(options).build()
}

#[test]
fn https_without_tls_is_refused_by_build_unless_the_transport_is_the_callers() {
    let built = https(443, Options::new());
    assert_eq!(built.as_ref().err().map(Error::kind), (!HAS_TLS).then_some(Kind::Config), "{built:?}");
    if let Err(error) = built {
        assert!(error.to_string().contains("rustls, rustls-ring or native-tls"), "{error}");
    }
    https(443, Options::new().transport(Scripted::always(200, DONE))).unwrap();
}

#[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
mod with_tls {
    use super::*;
    use care_client_core::Outcome;
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// The first bytes that a client sends to the listener, which answers with something that isn't TLS, or with
    /// nothing.
    async fn first_bytes(http: Http, says: Option<&'static [u8]>, attempts: u32) -> (Vec<u8>, Error) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let pipeline = https(listener.local_addr().unwrap().port(), quick().transport(http)).unwrap();
        let hears = async {
            let mut first = vec![0; 6];
            for attempt in 0..attempts {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut bytes = [0; 6];
                stream.read_exact(&mut bytes).await.unwrap();
                if attempt == 0 {
                    first = bytes.into();
                }
                match says {
                    Some(text) => stream.write_all(text).await.unwrap(),
                    // Until the client has had enough.
                    None => while !matches!(stream.read(&mut [0; 999]).await, Ok(0) | Err(_)) {},
                }
            }
            first
        };
        let (first, result) = tokio::join!(hears, pipeline.call(Add));
        (first, result.unwrap_err())
    }

    #[tokio::test]
    async fn an_https_call_begins_with_a_client_hello_and_a_failed_handshake_sends_nothing() {
        let (bytes, error) = first_bytes(shared_http(), Some(b"HTTP/1.1 200 OK\r\n\r\n"), 1).await;
        // A handshake record (22) of TLS (major version 3) with a ClientHello (1) in it: RFC 8446, sections 4 and 5.1.
        assert_eq!((bytes[0], bytes[1], bytes[5]), (0x16, 3, 1), "{bytes:?}");
        assert_eq!(
            (error.kind(), error.outcome(), error.attempts()),
            (Kind::Connect, Outcome::NotSent, 1),
            "{error:?}"
        );
    }

    #[tokio::test]
    async fn a_handshake_that_hangs_ends_with_the_connect_timeout_and_sends_nothing() {
        let http = Http::new(|| reqwest::Client::builder().connect_timeout(Duration::from_millis(300))).unwrap();
        let (bytes, error) = first_bytes(http, None, 3).await;
        assert_eq!(bytes[0], 0x16);
        assert_eq!(
            (error.kind(), error.outcome(), error.attempts()),
            (Kind::Connect, Outcome::NotSent, 3),
            "{error:?}"
        );
    }
}

/// A builder that names no TLS backend, over plain http: nothing of it may need a backend that isn't there.
#[tokio::test]
async fn plain_http_works_whatever_the_tls_features() {
    let server = Server::start([answer(200, DONE)]).await;
    for http in [shared_http(), Http::new(reqwest::Client::builder).unwrap()] {
        assert_eq!(pipeline(server.url(), quick().transport(http)).call(Look).await.unwrap(), 7);
    }
}
