//! What a watcher costs: memory while it waits, and how many polls a second one processor can do.
//!
//! ```text
//! cargo bench -p aura-client --bench watchers              # 100,000 watchers
//! cargo bench -p aura-client --bench watchers -- 10000
//! ```
//!
//! Each watcher is a task of its own with a token of its own, as in a server that serves many people. The answers come
//! from this process without a network, so what is counted is the work of the client: the gate, the request, its
//! decoding and the comparison with what was told before. The memory is what the process has grown by, divided by the
//! watchers: once when all wait for their first poll, and once when each has had three. It needs Linux. The aim is
//! 1,000 bytes each.

use aura_client::{Aura, BoxFuture, Options, RawResponse, Transport, TransportError, Watch};
use bytes::Bytes;
use care_testkit::bench::{processor_seconds, resident_bytes};
use futures_util::StreamExt;
use http::{HeaderMap, Request, StatusCode};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::{
    task::AbortHandle,
    time::{sleep, timeout},
};

/// One that moves nothing: every poll after the first finds the same.
const CALLOUT: &[u8] = include_bytes!("../fixtures/responder-arrived.json");
/// As long as AURA's tokens are.
const TOKEN_LENGTH: usize = 250;

/// Answers every request at once with the same callout.
#[derive(Clone, Default)]
struct Canned(Arc<AtomicU64>);

impl Transport for Canned {
    fn send(
        &self,
        _request: Request<Bytes>,
        _limit: Duration,
        _max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        self.0.fetch_add(1, Relaxed);
        Box::pin(async { Ok(RawResponse::new(StatusCode::OK, HeaderMap::new(), Bytes::from_static(CALLOUT))) })
    }
}

#[expect(clippy::manual_async_fn, reason = "an async fn keeps its argument in two places")]
fn follow(mut watch: Watch) -> impl Future<Output = ()> {
    async move { while watch.next().await.is_some() {} }
}

async fn until(what: impl Fn() -> bool) {
    while !what() {
        sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), aura_client::Error> {
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000_u64);
    let transport = Canned::default();
    let done = Arc::clone(&transport.0);
    // 6,700 polls a second, so that nearly all of the watchers wait.
    let interval = Duration::from_micros(150 * count);
    let options = Options::new().transport(transport);
    let aura =
        Aura::builder().base_url("http://localhost").poll_interval(interval..=interval).options(options).build()?;
    let watch = |number: u64| aura.with_user_token(format!("{number:0>TOKEN_LENGTH$}")).callouts().watch(570);
    // What the first of all makes is no part of the others.
    let _ = timeout(Duration::from_millis(1), follow(watch(0))).await;

    let (memory, polls) = (resident_bytes(), done.load(Relaxed));
    let each = || (resident_bytes() - memory) / count;
    let mut crowd = Vec::new();
    for number in 0..count {
        crowd.push(tokio::spawn(follow(watch(number))).abort_handle());
    }
    tokio::task::yield_now().await;
    println!("{count} watchers with an interval of {interval:?}");
    println!("memory before the first poll   {:>6} B each", each());
    until(|| done.load(Relaxed) >= polls + count).await;
    let (cpu, begin) = (processor_seconds(), Instant::now());
    until(|| done.load(Relaxed) >= polls + 3 * count).await;
    let (cpu, time) = (processor_seconds() - cpu, begin.elapsed().as_secs_f64());
    println!("memory after three polls       {:>6} B each", each());
    println!(
        "polls                          {:>6.0} a second, with {:.0} % of one processor",
        2.0 * count as f64 / time,
        100.0 * cpu / time
    );
    println!("processor time                 {:>6.1} µs a poll", cpu * 1e6 / (2.0 * count as f64));
    crowd.iter().for_each(AbortHandle::abort);
    Ok(())
}
