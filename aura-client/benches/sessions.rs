//! What a session costs in memory, while its callout is followed.
//!
//! ```text
//! cargo bench -p aura-client --bench sessions              # 20,000 sessions
//! cargo bench -p aura-client --bench sessions -- 1000
//! ```
//!
//! The answers come from this process without a network. The memory is what the process has grown by, divided by the
//! sessions, when each has polled three times. It needs Linux. The aim is 2,000 bytes each.

use aura_client::{Aura, BoxFuture, CalloutSession, Options, RawResponse, SessionState, Transport, TransportError};
use bytes::Bytes;
use care_testkit::bench::resident_bytes;
use http::{HeaderMap, Request, StatusCode};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::time::sleep;

const CALLOUT: &[u8] = include_bytes!("../fixtures/responder-arrived.json");

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

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), aura_client::Error> {
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(20_000_u64);
    let transport = Canned::default();
    let done = Arc::clone(&transport.0);
    // 1,000 polls a second, so that nearly all of the sessions wait.
    let interval = Duration::from_micros(1_000 * count);
    let options = Options::new().transport(transport);
    let aura = Aura::builder().base_url("http://localhost").user_token("token");
    let aura = aura.poll_interval(interval..=interval).options(options).build()?;
    aura.resume(SessionState::active(570)).await?.abandon().await;

    let memory = resident_bytes();
    let mut sessions: Vec<CalloutSession> = Vec::with_capacity(20_000);
    for _ in 0..count {
        sessions.push(aura.resume(SessionState::active(570)).await?);
    }
    while done.load(Relaxed) < 3 * count {
        sleep(Duration::from_millis(5)).await;
    }
    println!("{count} sessions with an interval of {interval:?}");
    println!("memory after three polls       {:>6} B each", (resident_bytes() - memory) / count);
    Ok(())
}
