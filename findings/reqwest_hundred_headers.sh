#!/usr/bin/env bash
# hyper reads at most 100 headers of an answer. An answer with 101 short ones (about 2 kB, a chain of proxies suffices) is
# an error in reqwest, although curl takes it: of a POST nobody then knows whether it was done.
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
        for headers in [99, 100].into_iter().cycle() {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            let mut answer = String::from("HTTP/1.1 201 Created\r\n");
            for number in 0..headers {
                answer += &format!("x-hop-{number}: 1\r\n");
            }
            answer += "content-length: 0\r\n\r\n";
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap();
    for headers in [100, 101] {
        match client.post(&address).send().await {
            Ok(answer) => print!("{headers} headers {}; ", answer.status().as_u16()),
            Err(error) => print!("{headers} headers is_request={} is_decode={}", error.is_request(), error.is_decode()),
        }
    }
    print!("; curl");
    for _ in 0..2 {
        let curl = tokio::process::Command::new("curl")
            .args(["-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", "POST", &address]).output().await.unwrap();
        print!(" {}", String::from_utf8(curl.stdout).unwrap());
    }
}
RS
)
echo "reqwest 0.13.5, $(curl --version | head -1 | cut -d' ' -f1,2)"
verdict "201 from both for both" "$seen" "100 headers 201; 101 headers is_request=true is_decode=false; curl 201 201"
