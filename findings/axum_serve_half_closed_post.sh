#!/usr/bin/env bash
# A sender that has posted everything may close its sending side and wait for the answer, as TCP allows. `axum::serve`
# takes the end of the stream for a dead peer and drops the handler at its next await, so the post is often neither kept
# nor answered; hyper has a switch (`http1::Builder::half_close`), `axum::serve` has none.
#
# Version: axum 0.8.6. Expected: each of fifty posts is kept and answered. Seen: none is.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
seen=$(rust_probe 'axum = "=0.8.6"' 'tokio = { version = "=1.54.1", features = ["full"] }' <<'RS'
use std::sync::{Arc, atomic::{AtomicU32, Ordering::SeqCst}};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
#[tokio::main]
async fn main() {
    let kept = Arc::new(AtomicU32::new(0));
    let counted = kept.clone();
    let app = axum::Router::new().route("/", axum::routing::post(|_: String| async move {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await; // the time of a disk or a database
        counted.fetch_add(1, SeqCst);
        "kept"
    }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    let mut answered = 0;
    for _ in 0..50 {
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        stream.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\nhelp").await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        answered += u32::from(!answer.is_empty());
    }
    println!("kept {} of 50, answered {answered}", kept.load(SeqCst));
}
RS
)
echo "axum 0.8.6"
verdict "kept 50 of 50, answered 50" "$seen" "kept 0 of 50, answered 0"
