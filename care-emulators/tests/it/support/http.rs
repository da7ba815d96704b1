//! Raw HTTP: requests and answers as text on a socket.

use care_emulators::Harness;
use serde_json::Value;
use std::io;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A complete answer.
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

/// A request to send.
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

    /// Sends it on a new connection and reads the complete answer.
    pub(crate) async fn send(&self, emulator: &Harness) -> Answer {
        let mut stream = dial(emulator).await.unwrap();
        stream.write_all(self.clone().header("connection: close").text().as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let answer = Answer::parse(&bytes);
        if answer.status != 204 {
            assert_eq!(answer.promised(), answer.body.len(), "{answer:?}");
        }
        answer
    }
}

pub(crate) async fn dial(emulator: &Harness) -> io::Result<TcpStream> {
    let url = emulator.url();
    TcpStream::connect(url.strip_prefix("http://").unwrap()).await
}

/// Reads one answer from a connection that stays open.
pub(crate) async fn read_one(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    loop {
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "closed after {} bytes", bytes.len());
        if bytes.windows(4).any(|four| four == b"\r\n\r\n") {
            let answer = Answer::parse(&bytes);
            if answer.promised() == answer.body.len() {
                return answer;
            }
        }
    }
}
