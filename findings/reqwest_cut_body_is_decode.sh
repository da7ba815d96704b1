#!/usr/bin/env bash
# When a connection breaks in the middle of a body, reqwest's error answers `is_decode`, not `is_body`: a program that
# tells a broken line from a bad document by these predicates takes one for the other.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
seen=$(rust_probe 'reqwest = { version = "=0.13.5", default-features = false }' \
  'tokio = { version = "=1.54.1", features = ["full"] }' <<'RS'
use tokio::io::{AsyncReadExt, AsyncWriteExt};
#[tokio::main]
async fn main() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":").await;
    });
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let error = client.get(address).send().await.unwrap().bytes().await.unwrap_err();
    println!("is_body={} is_decode={}", error.is_body(), error.is_decode());
}
RS
)
echo "reqwest 0.13.5, 6 of 100 bytes, then the end of the connection"
verdict "is_body" "$seen" "is_body=false is_decode=true"
