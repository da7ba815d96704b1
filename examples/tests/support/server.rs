use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread::spawn;
use std::time::Duration;

/// A server that answers one reading, again and again, and never anything else.
pub(crate) struct Server {
    pub(crate) url: String,
    requests: Receiver<String>,
}

impl Server {
    /// One that lists classifications of AURA's.
    pub(crate) fn start(classifications: &str) -> Self {
        Self::answering("/callout-classifications", classifications)
    }

    /// One that answers whoever gets a path with this end.
    pub(crate) fn answering(path_end: &'static str, body: impl Into<String>) -> Self {
        let body = body.into();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        spawn(move || {
            let mut unanswered = Vec::new();
            for line in listener.incoming() {
                let mut line = BufReader::new(line.unwrap());
                let mut head = String::new();
                while !head.ends_with("\r\n\r\n") && line.read_line(&mut head).unwrap() > 0 {}
                let request = head.split(" HTTP/").next().unwrap_or_default().to_owned();
                let path = request.split('?').next().unwrap_or_default();
                if path.starts_with("GET ") && path.ends_with(path_end) {
                    let (kind, length) = ("application/json", body.len());
                    let head = format!(
                        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {length}"
                    );
                    line.get_mut().write_all(format!("{head}\r\n\r\n{body}").as_bytes()).unwrap();
                } else {
                    unanswered.push(line);
                }
                if sender.send(request).is_err() {
                    return;
                }
            }
        });
        Self { url, requests }
    }

    /// The next request, which may still be under way.
    pub(crate) fn next_request(&self) -> String {
        self.requests.recv_timeout(Duration::from_secs(120)).unwrap()
    }

    /// The requests that have come since, when no more can come.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.try_iter().collect()
    }
}
