//! How many changes a second a store takes, from one and from sixty-four at once: `cargo bench -p care-stores
//! --all-features`.
//!
//! With `LD_PRELOAD` set to the library of `peers/slow-disk`, each sync takes 5 ms more.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench that can't go on fails")]

use aura_client::{FileSessionStore, SessionState, SessionStore};
use care_stores::SqliteStores;
use care_testkit::Folder;
use care_webhook::{FileJournal, Notification, Sink};
use futures_util::future::join_all;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

const ROUND: Duration = Duration::from_secs(2);

#[tokio::main(worker_threads = 2)]
async fn main() {
    let folder = Folder::new();
    let stores = SqliteStores::open(folder.file("care.db")).unwrap();
    let sessions = Arc::new(FileSessionStore::open(folder.file("callouts.json")).unwrap());
    let journal = Arc::new(FileJournal::open(folder.file("calls.jsonl")).unwrap());
    println!("| a second | 1 at once | 64 at once | p99 of 64 |\n|---|---|---|---|");
    rates("sessions in SQLite", Arc::new(stores.sessions()), |store, _| save(store)).await;
    rates("sessions in a file", sessions, |store, _| save(store)).await;
    rates("calls in SQLite", Arc::new(stores.calls()), store).await;
    rates("calls in a journal", journal, store).await;
}

async fn save(store: Arc<impl SessionStore>) {
    // Each is another session.
    store.save(&SessionState::active(570)).await.unwrap();
}

async fn store(store: Arc<impl Sink>, number: u64) {
    let call = serde_json::json!({
        "received_at": format!("2026-11-28T02:03:04.{number:09}Z"),
        "notifier": "duty desk",
        "headers": [["content-type", {"text": "application/json"}], ["user-agent", {"text": "care/1.0"}]],
        "body": {"text": format!(r#"{{"id":{number},"resident":14,"site":5,"words":"please come"}}"#)},
    });
    let call: Notification = serde_json::from_value(call).unwrap();
    store.store(&call).await.unwrap();
}

async fn rates<S: Send + Sync + 'static, F: Future<Output = ()> + Send>(
    name: &str,
    store: Arc<S>,
    change: impl Fn(Arc<S>, u64) -> F + Copy + Send + Sync + 'static,
) {
    let (one, _) = round(&store, 1, change).await;
    let (many, mut latencies) = round(&store, 64, change).await;
    latencies.sort_unstable();
    println!("| {name} | {one:.0} | {many:.0} | {:.1?} |", latencies[latencies.len() * 99 / 100]);
}

async fn round<S: Send + Sync + 'static, F: Future<Output = ()> + Send>(
    store: &Arc<S>,
    at_once: u64,
    change: impl Fn(Arc<S>, u64) -> F + Copy + Send + Sync + 'static,
) -> (f64, Vec<Duration>) {
    let begun = Instant::now();
    let workers = (0..at_once).map(|worker| {
        let store = Arc::clone(store);
        tokio::spawn(async move {
            let mut latencies = Vec::new();
            while begun.elapsed() < ROUND {
                let sent = Instant::now();
                change(Arc::clone(&store), at_once * 100_000 + worker * 1_000_000 + latencies.len() as u64).await;
                latencies.push(sent.elapsed());
            }
            latencies
        })
    });
    let latencies: Vec<_> = join_all(workers).await.into_iter().flat_map(Result::unwrap).collect();
    (latencies.len() as f64 / begun.elapsed().as_secs_f64(), latencies)
}
