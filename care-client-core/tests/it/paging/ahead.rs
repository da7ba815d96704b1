//! Pages are read ahead while the caller works: one by itself, several at once where the caller says that the list
//! stands still. No more than that, and nothing goes on when the stream is dropped.

use super::*;
use care_client_core::{Error, Kind, Outcome, Pages};
use futures_util::{StreamExt, TryStreamExt};
use std::time::Duration;
use tokio::{time::Instant, time::sleep};

const MS: Duration = Duration::from_millis(1);
const LONG: Duration = Duration::from_secs(1);

fn five_ms(_: u64) -> Duration {
    5 * MS
}

async fn page(pages: &mut Pages<List>) -> Vec<u64> {
    pages.next().await.unwrap().unwrap().items
}

async fn failure(pages: &mut Pages<List>) -> Error {
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(pages.next().await.is_none(), "{error}");
    error
}

#[tokio::test(start_paused = true)]
async fn one_page_is_read_ahead_from_the_second_on_and_none_after_the_first() {
    let server = Server::of(0..100).delayed(five_ms);
    let mut pages = server.list(5).pages();
    for (handed_out, asked) in [(1, 1), (2, 3), (3, 4), (4, 5)] {
        page(&mut pages).await;
        sleep(LONG).await;
        assert_eq!((server.count(), server.answered()), (asked, asked), "{handed_out} pages handed out");
    }
    let before = Instant::now();
    page(&mut pages).await;
    assert!(before.elapsed().is_zero(), "it had been read ahead");
}

#[tokio::test(start_paused = true)]
async fn windows_are_read_at_once_and_handed_out_in_order() {
    // The later in a group of four, the sooner.
    let server = Server::of(0..52).delayed(|offset| (40 - (offset % 20) as u32) * MS);
    let begin = Instant::now();
    let mut pages = server.list(5).pages().with_windows(4);
    assert_eq!(page(&mut pages).await, [0, 1, 2, 3, 4]);
    assert_eq!(server.asks(), [(0, 5), (5, 5), (10, 5), (15, 5)]);
    assert!(server.asked(|asked| asked.at == begin).into_iter().all(|at_once| at_once));
    assert_eq!(begin.elapsed(), 40 * MS);
    let rest: Vec<_> = pages.map_ok(|page| page.items).try_concat().await.unwrap();
    assert_eq!(rest, (5..52).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn windows_are_no_more_pages_ahead_than_there_are_windows() {
    for windows in [2, 4, 7] {
        let server = Server::of(0..1000).delayed(five_ms);
        let mut pages = server.list(5).pages().with_windows(windows);
        for handed_out in 1..20 {
            page(&mut pages).await;
            sleep(LONG).await;
            assert_eq!((server.count(), server.answered()), (handed_out + windows, handed_out + windows));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_window_or_none_is_the_walk_that_follows_the_list() {
    for windows in [0, 1] {
        let server = Server::of(0..8);
        let all: Vec<_> = server.list(3).items().with_windows(windows).try_collect().await.unwrap();
        assert_eq!((all.len(), server.asks()), (8, vec![(0, 3), (2, 3), (4, 3), (6, 3), (7, 3)]));
    }
}

#[tokio::test(start_paused = true)]
async fn windows_end_behind_the_first_page_that_has_room_left() {
    for rows in [0, 1, 9, 10, 11] {
        let server = Server::of(0..rows);
        let all: Vec<_> = server.list(5).items().with_windows(3).try_collect().await.unwrap();
        assert_eq!(all, (0..rows).collect::<Vec<_>>());
        assert!(server.count() <= rows as usize / 5 + 4, "{rows}");
    }
}

#[tokio::test(start_paused = true)]
async fn windows_tell_where_to_resume_by_what_was_handed_out() {
    let server = Server::of(0..100);
    let mut pages = server.list(5).pages().with_windows(4);
    for handed_out in 1..4 {
        page(&mut pages).await;
        sleep(LONG).await;
        assert_eq!(pages.rest(), Some(&List { offset: handed_out * 5, limit: 5 }));
    }
}

#[tokio::test(start_paused = true)]
async fn a_row_in_two_windows_is_an_error_for_the_list_moved() {
    let server = Server::scripted(0..100, |asked, list| {
        if asked.number == 3 {
            list.insert(0, 1000);
        }
        Act::Serve
    });
    let mut pages = server.list(5).pages().with_windows(2);
    assert_eq!((page(&mut pages).await.len(), page(&mut pages).await.len()), (5, 5));
    let error = failure(&mut pages).await;
    assert_eq!((error.kind(), error.outcome(), error.operation()), (Kind::Paging, Outcome::Completed, "test.list"));
    assert!(
        error.to_string().contains("10 rows were handed out") && error.to_string().contains("without windows"),
        "{error}"
    );
    assert_eq!(pages.rest(), Some(&List { offset: 10, limit: 5 }));
}

#[tokio::test(start_paused = true)]
async fn a_failed_window_comes_after_the_pages_before_it_and_ends_the_stream() {
    let server = Server::scripted(0..100, |asked, _| if asked.offset == 5 { Act::Status(500) } else { Act::Serve })
        .delayed(|offset| if offset == 0 { 50 * MS } else { 5 * MS });
    let mut pages = server.list(5).pages().with_windows(4);
    assert_eq!(page(&mut pages).await, [0, 1, 2, 3, 4]);
    assert_eq!(failure(&mut pages).await.kind(), Kind::Api);
    let asked = server.count();
    sleep(LONG).await;
    assert_eq!(server.count(), asked);
}

#[tokio::test(start_paused = true)]
async fn what_is_read_ahead_ends_when_the_stream_is_dropped() {
    for windows in [1, 4] {
        let server = Server::of(0..100).delayed(five_ms);
        let mut pages = server.list(5).pages().with_windows(windows);
        page(&mut pages).await;
        page(&mut pages).await;
        sleep(LONG).await;
        page(&mut pages).await;
        // The page behind those that were read ahead is under way.
        sleep(MS).await;
        let (asked, answered) = (server.count(), server.answered());
        assert_eq!(asked - answered, 1, "{windows} windows");
        drop(pages);
        sleep(LONG).await;
        assert_eq!((server.count(), server.answered()), (asked, answered), "{windows} windows");
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_what_is_read_ahead_is_an_error_and_no_endless_wait() {
    for windows in [1, 3] {
        let server = Server::of((0..100).map(|row| if row == 12 { BUG } else { row }));
        let mut pages = server.list(5).pages().with_windows(windows);
        page(&mut pages).await;
        page(&mut pages).await;
        let error = failure(&mut pages).await;
        assert_eq!((error.kind(), error.operation()), (Kind::Decode, "test.list"), "{windows}");
        assert!(error.to_string().contains("panic") && !error.is_retryable(), "{error}");
    }
}

/// A thousand pages of a server that takes 5 ms for each: how long all of it takes, by the paused clock.
async fn reading(windows: usize, caller: Duration) -> Duration {
    let server = Server::of(0..100_000).delayed(five_ms);
    let begin = Instant::now();
    let mut pages = server.list(100).pages().with_windows(windows);
    let mut rows = 0;
    while let Some(page) = pages.next().await {
        rows += page.unwrap().rows();
        if !caller.is_zero() {
            sleep(caller).await;
        }
    }
    assert_eq!(rows, 100_000);
    begin.elapsed()
}

/// The same by one call after the other.
async fn looping(caller: Duration) -> Duration {
    let server = Server::of(0..100_000).delayed(five_ms);
    let begin = Instant::now();
    for offset in (0..100_000).step_by(100) {
        let page = server.pipeline().call(List { offset, limit: 100 }).await.unwrap();
        assert_eq!(page.rows(), 100);
        if !caller.is_zero() {
            sleep(caller).await;
        }
    }
    begin.elapsed()
}

#[tokio::test(start_paused = true)]
async fn four_windows_take_little_more_than_a_quarter_of_the_time() {
    let (one, four) = (looping(Duration::ZERO).await, reading(4, Duration::ZERO).await);
    assert!(one >= four.mul_f64(3.7), "{one:?} and {four:?}");
}

#[tokio::test(start_paused = true)]
async fn a_caller_as_slow_as_the_server_waits_for_it_hardly_ever() {
    let (one, ahead) = (looping(5 * MS).await, reading(1, 5 * MS).await);
    assert!(one >= ahead.mul_f64(1.9), "{one:?} and {ahead:?}");
}
