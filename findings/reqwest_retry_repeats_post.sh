#!/usr/bin/env bash
# reqwest-retry's ready-made policy looks at the failure and not at the method: a POST whose answer was lost, or that was
# answered 500 after its work was done, is sent again. Whoever orders something by POST gets it four times.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
seen=$(rust_probe 'reqwest = { version = "=0.13.5", default-features = false }' 'reqwest-middleware = "=0.5.2"' \
  'reqwest-retry = "=0.9.1"' 'tokio = { version = "=1.54.1", features = ["full"] }' <<'RS'
use std::sync::{Arc, atomic::{AtomicU32, Ordering::SeqCst}};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use reqwest_retry::{RetryTransientMiddleware, policies::ExponentialBackoff};
#[tokio::main]
async fn main() {
    for answer in [None, Some("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/orders", listener.local_addr().unwrap());
        let orders = Arc::new(AtomicU32::new(0));
        let counted = orders.clone();
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                if stream.read(&mut [0; 4096]).await.unwrap_or(0) > 0 {
                    counted.fetch_add(1, SeqCst);
                }
                if let Some(text) = answer {
                    let _ = stream.write_all(text.as_bytes()).await;
                }
            }
        });
        let backoff = ExponentialBackoff::builder().build_with_max_retries(3);
        let client = reqwest_middleware::ClientBuilder::new(reqwest::Client::builder().no_proxy().build().unwrap())
            .with(RetryTransientMiddleware::new_with_policy(backoff)).build();
        let _ = client.post(address).body("one").send().await;
        print!("{} {}; ", if answer.is_some() { "500" } else { "closed" }, orders.load(SeqCst));
    }
}
RS
)
echo "reqwest-retry 0.9.1, reqwest-middleware 0.5.2, reqwest 0.13.5"
verdict "the POST reaches the server once: closed 1; 500 1;" "$seen" "closed 4; 500 4; "
