//! HTTP by hand: no client stands between a test and what the emulator sends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what is wrong by panicking")]
#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod caremessenger;
pub(crate) mod documents;
pub(crate) mod engagement;
pub(crate) mod leap;
pub(crate) mod newfies;

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use care_emulators::Ground;
use care_emulators::aura::Emulator;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
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

    pub(crate) fn promised(&self) -> usize {
        // An answer that can't have a body promises none.
        if self.status == 204 { 0 } else { self.header("content-length").expect("no length").parse().unwrap() }
    }

    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json"), "{}", self.head);
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A request in the making.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    method: &'static str,
    path: String,
    headers: Vec<String>,
    body: String,
}

impl Ask {
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
        let host = if has_host { "" } else { "host: emulator\r\n" };
        format!(
            "{} {} HTTP/1.1\r\n{host}{headers}content-length: {length}\r\n\r\n{}",
            self.method, self.path, self.body
        )
    }

    /// Sends it on a connection of its own and reads the whole answer.
    pub(crate) async fn send(&self, emulator: &Ground) -> Answer {
        let mut line = dial(emulator).await.unwrap();
        line.write_all(self.clone().header("connection: close").text().as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        line.read_to_end(&mut bytes).await.unwrap();
        let answer = Answer::parse(&bytes);
        if answer.status != 204 {
            assert_eq!(answer.promised(), answer.body.len(), "{answer:?}");
        }
        answer
    }
}

pub(crate) async fn dial(emulator: &Ground) -> io::Result<TcpStream> {
    let url = emulator.url();
    TcpStream::connect(url.strip_prefix("http://").unwrap()).await
}

/// Reads one answer from a connection that stays open.
pub(crate) async fn read_one(line: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    loop {
        assert!(line.read_buf(&mut bytes).await.unwrap() > 0, "closed after {} bytes", bytes.len());
        if bytes.windows(4).any(|four| four == b"\r\n\r\n") {
            let answer = Answer::parse(&bytes);
            if answer.promised() == answer.body.len() {
                return answer;
            }
        }
    }
}

pub(crate) fn prefixed(path: &str) -> String {
    format!("/panic-api{path}")
}

/// A fixture of the documented examples.
pub(crate) fn fixture(name: &str) -> Value {
    documents::json_of("aura-client", name)
}

fn sources(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { sources(&path, found) } else { found.push_str(&std::fs::read_to_string(path).unwrap()) }
    }
}

/// No emulator has one of these texts as a string in its source.
pub(crate) fn assert_not_in_the_source(texts: &BTreeSet<String>) {
    let mut code = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
    for text in texts {
        assert!(!code.contains(&format!("{text:?}")), "{text:?} stands in the source");
    }
}

/// The body of a create, classified as TEST.
pub(crate) fn test_callout() -> Value {
    fixture("create-callout-request")
}

/// The body of a create, classified as REAL, from somebody who says little.
pub(crate) fn real_callout() -> Value {
    json!({
        "calloutClassificationId": 1,
        "customer": { "name": "Nobody ", "surname": "Inparticular", "email": "nobody@example.net", "mobile": "0000000" },
        "calloutLocation": { "latitude": 51.5, "longitude": -0.125 },
    })
}

/// Creates a callout and gives its id.
pub(crate) async fn create(emulator: &Emulator, token: &str, body: &Value) -> u64 {
    let answer = Ask::post(prefixed("/callouts"), body).token(token).send(emulator).await;
    assert_eq!(answer.status, 201, "{:?}", answer.json());
    answer.json()["callout"]["id"].as_u64().unwrap()
}

pub(crate) async fn get(emulator: &Emulator, token: &str, id: u64, query: &str) -> Value {
    let answer = Ask::get(prefixed(&format!("/callouts/{id}{query}"))).token(token).send(emulator).await;
    assert_eq!(answer.status, 200);
    answer.json()
}
