//! With the feature `tracing`, a list that moves is told in an event, and pages that are read ahead stay in the caller's span.
#![cfg(feature = "tracing")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;
#[path = "paging/list.rs"]
mod list;

use common::Traced;
use futures_util::TryStreamExt;
use list::*;
use tracing::Instrument;

#[tokio::test(start_paused = true)]
async fn a_shift_is_one_event_with_the_operation_and_the_rows() {
    let (traced, _guard) = Traced::all();
    let server = Server::scripted(0..30, |asked, list| {
        if asked.number == 4 {
            list.drain(..2);
        }
        Act::Serve
    });
    let all: Vec<u64> = server.list(5).items().try_collect().await.unwrap();
    assert_eq!(all.len(), 30);
    let text = traced.text();
    let shifts: Vec<_> = text.lines().filter(|line| line.contains("page shift")).collect();
    assert_eq!(shifts.len(), 1, "{text}");
    assert!(shifts[0].contains("INFO") && shifts[0].contains(r#"operation="test.list" moved=-2"#), "{}", shifts[0]);
}

#[tokio::test(start_paused = true)]
async fn each_page_is_a_call_in_the_span_of_whoever_walks_the_list() {
    for windows in [1, 3] {
        let (traced, _guard) = Traced::all();
        let items = Server::of(0..30).list(5).items().with_windows(windows);
        let walk = async { items.try_collect::<Vec<u64>>().await.unwrap() };
        walk.instrument(tracing::info_span!("theirs")).await;
        let text = traced.text();
        let calls: Vec<_> = text.lines().filter(|line| line.contains("care.call{") && line.contains("close")).collect();
        assert!(calls.len() > 6 && calls.iter().all(|line| line.contains("theirs:")), "{text}");
    }
}
