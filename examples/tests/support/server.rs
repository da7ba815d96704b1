use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread::spawn;
use std::time::Duration;

/// A server that lists classifications and never answers anything else.
pub(crate) struct Server {
    pub(crate) url: String,
    requests: Receiver<String>,
}

impl Server {
    pub(crate) fn start(classifications: &'static str) -> Self {
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
                if request.starts_with("GET ") && request.ends_with("/callout-classifications") {
                    let (kind, length) = ("application/json", classifications.len());
                    let head = format!(
                        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {length}"
                    );
                    line.get_mut().write_all(format!("{head}\r\n\r\n{classifications}").as_bytes()).unwrap();
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
