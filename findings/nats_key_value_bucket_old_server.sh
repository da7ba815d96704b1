#!/usr/bin/env bash
# async-nats 0.51 asks for a key-value bucket with stream settings that nats-server 2.9.10, Debian 12's, doesn't know.
# Streams work with the same pair, so the first sign is the failing bucket.
#
# Version: async-nats 0.51.0, nats-server 2.9.10 (Debian 12). Expected: the bucket is made, as the stream is. Seen: it is
# refused.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
(cd "$work" && apt-get update -qq && apt-get download -qq nats-server >/dev/null 2>&1 && dpkg -x nats-server*.deb server)
server=$work/server/usr/sbin/nats-server
"$server" --jetstream --addr 127.0.0.1 --port 14222 --store_dir "$work/js" >"$work/log" 2>&1 &
trap 'kill %1 2>/dev/null; wait 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 50); do (exec 3<>/dev/tcp/127.0.0.1/14222) 2>/dev/null && break; sleep 0.1; done
seen=$(rust_probe 'async-nats = "=0.51.0"' 'tokio = { version = "=1.54.1", features = ["full"] }' <<'RS'
#[tokio::main]
async fn main() {
    let jetstream = async_nats::jetstream::new(async_nats::connect("127.0.0.1:14222").await.unwrap());
    let stream = jetstream.create_stream(async_nats::jetstream::stream::Config {
        name: "calls".into(), subjects: vec!["calls.>".into()], ..Default::default()
    }).await;
    print!("stream {}, ", if stream.is_ok() { "made" } else { "refused" });
    let bucket = jetstream.create_key_value(async_nats::jetstream::kv::Config { bucket: "state".into(), ..Default::default() }).await;
    println!("bucket {}", bucket.map_or_else(|error| format!("refused ({error})"), |_| "made".into()));
}
RS
)
echo "async-nats 0.51.0, $("$server" --version)"
verdict "stream made, bucket made" "$seen" \
  "stream made, bucket refused (JetStream error: error: request failed: data did not match any variant of untagged enum Response)"
