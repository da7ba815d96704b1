//! Helpers for tests of several modules: HTTP by hand, documented examples, and one file a service.

pub(crate) mod aura;
pub(crate) mod caremessenger;
pub(crate) mod documents;
pub(crate) mod engagement;
pub(crate) mod leap;
pub(crate) mod newfies;

use care_emulators::Harness;
use serde_json::Value;
use std::io;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A complete response.
#[derive(Debug)]
pub(crate) struct RawResponse {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl RawResponse {
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("no head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.strip_prefix("HTTP/1.1 ").expect("not HTTP")[..3].parse().unwrap();
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub(crate) fn content_length(&self) -> usize {
        // An response that can't have a body promises none.
        if self.status == 204 { 0 } else { self.header("content-length").expect("no length").parse().unwrap() }
    }

    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json"), "{}", self.head);
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A request to send.
#[derive(Debug, Clone)]
pub(crate) struct RawRequest {
    method: &'static str,
    path: String,
    headers: Vec<String>,
    body: String,
}

impl RawRequest {
    pub(crate) fn new(method: &'static str, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), body: String::new() }
    }

    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new("GET", path)
    }

    pub(crate) fn post(path: impl Into<String>, body: &Value) -> Self {
        Self::new("POST", path).header("content-type: application/json").body(body.to_string())
    }

    pub(crate) fn header(mut self, line: impl Into<String>) -> Self {
        self.headers.push(line.into());
        self
    }

    pub(crate) fn body(mut self, body: impl Into<String>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn token(self, token: &str) -> Self {
        self.header(format!("authorization: Bearer {token}"))
    }

    pub(crate) fn text(&self) -> String {
        let headers: String = self.headers.iter().map(|line| format!("{line}\r\n")).collect();
        let length = self.body.len();
        let has_host = self.headers.iter().any(|line| line.starts_with("host:"));
        let host = match () {
            () if has_host => "",
            () if self.path.starts_with("/_emulator/") => "host: localhost\r\n",
            () => "host: emulator\r\n",
        };
        format!(
            "{} {} HTTP/1.1\r\n{host}{headers}content-length: {length}\r\n\r\n{}",
            self.method, self.path, self.body
        )
    }

    /// Sends it on a new connection and reads the complete response.
    pub(crate) async fn send(&self, emulator: &Harness) -> RawResponse {
        let mut stream = dial(emulator).await.unwrap();
        stream.write_all(self.clone().header("connection: close").text().as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let response = RawResponse::parse(&bytes);
        if response.status != 204 {
            assert_eq!(response.content_length(), response.body.len(), "{response:?}");
        }
        response
    }
}

pub(crate) async fn dial(emulator: &Harness) -> io::Result<TcpStream> {
    let url = emulator.url();
    TcpStream::connect(url.strip_prefix("http://").unwrap()).await
}

/// Reads one response from a connection that stays open.
pub(crate) async fn read_one(stream: &mut TcpStream) -> RawResponse {
    let mut bytes = Vec::new();
    loop {
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "closed after {} bytes", bytes.len());
        if bytes.windows(4).any(|four| four == b"\r\n\r\n") {
            let response = RawResponse::parse(&bytes);
            if response.content_length() == response.body.len() {
                return response;
            }
        }
    }
}
