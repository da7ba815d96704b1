#!/usr/bin/env bash
# A server that answers 429 with Retry-After says when to come again. reqwest-retry's transient policy repeats 429, but by
# its own backoff, and never reads the header.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
seen=$(rust_probe 'reqwest = { version = "=0.13.5", default-features = false }' 'reqwest-middleware = "=0.5.2"' \
  'reqwest-retry = "=0.9.1"' 'tokio = { version = "=1.54.1", features = ["full"] }' <<'RS'
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use reqwest_retry::{RetryTransientMiddleware, policies::ExponentialBackoff};
#[tokio::main]
async fn main() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 5\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
        }
    });
    let backoff = ExponentialBackoff::builder()
        .retry_bounds(Duration::from_millis(10), Duration::from_millis(20)).build_with_max_retries(2);
    let client = reqwest_middleware::ClientBuilder::new(reqwest::Client::builder().no_proxy().build().unwrap())
        .with(RetryTransientMiddleware::new_with_policy(backoff)).build();
    let begin = Instant::now();
    let status = client.get(address).send().await.unwrap().status();
    println!("{} after three attempts, {}", status.as_u16(), if begin.elapsed() < Duration::from_secs(5) { "none waited" } else { "waited" });
}
RS
)
echo "reqwest-retry 0.9.1, reqwest-middleware 0.5.2, reqwest 0.13.5; Retry-After: 5"
verdict "the second attempt comes after 5 s or not at all" "$seen" "429 after three attempts, none waited"
