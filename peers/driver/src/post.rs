//! Posts to a receiver, each on a connection of its own, so many at once: how they were answered, and when.

use peers_driver::{Arguments, Times, row};
use std::{sync::Arc, time::Instant};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
};

pub(crate) async fn run(arguments: &Arguments) {
    let (address, path) = (arguments.text("address"), arguments.text("path"));
    let n = arguments.number("n", 64);
    let at_once = arguments.number("at-once", n) as usize;
    let places = Arc::new(Semaphore::new(at_once));
    let begin = Instant::now();
    let posts: Vec<_> = (0..n)
        .map(|number| {
            let (address, path, places) = (address.clone(), path.clone(), Arc::clone(&places));
            tokio::spawn(async move {
                let _place = places.acquire_owned().await;
                let own = Instant::now();
                let status = post(&address, &path, number).await.unwrap_or(0);
                (status, own.elapsed(), begin.elapsed())
            })
        })
        .collect();
    let (mut own, mut all) = (Times::default(), Times::default());
    let (mut ok, mut busy, mut broken) = (0.0, 0.0, 0.0);
    for post in posts {
        let (status, took, at) = post.await.expect("a post");
        match status {
            200 => ok += 1.0,
            503 => busy += 1.0,
            _ => broken += 1.0,
        }
        own.push(took);
        all.push(at);
    }
    let whole = begin.elapsed().as_secs_f64();
    row(
        &format!("post {n}, {at_once} at once"),
        &[
            ("ok", ok),
            ("503", busy),
            ("other", broken),
            ("rate", n as f64 / whole),
            ("p50", own.within(0.5)),
            ("p99", own.within(0.99)),
            ("last", all.within(1.0)),
        ],
    );
}

async fn post(address: &str, path: &str, number: u64) -> std::io::Result<u16> {
    let mut stream = TcpStream::connect(address).await?;
    let body = format!("{{\"resident\":\"Resident {number}\",\"site\":5,\"requested_at\":\"2026-12-01T08:00:00Z\"}}");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let status = answer.get(9..12).and_then(|status| std::str::from_utf8(status).ok()?.parse().ok());
    Ok(status.unwrap_or(0))
}
