//! Lists whose server counts them: a page that is shorter than asked for ends a walk only if nothing follows by that count.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

#[path = "paging/list.rs"]
mod list;

use care_client_core::{Error, Kind, Outcome, Page};
use futures_util::{StreamExt, TryStreamExt};
use list::*;

async fn walked(server: &Server, limit: u64) -> Result<Vec<u64>, Error> {
    server.list(limit).items().try_collect().await
}

#[tokio::test(start_paused = true)]
async fn a_server_that_gives_fewer_rows_than_asked_for_is_read_to_its_end() {
    for most in [2, 3, 7, 10] {
        let server = Server::of(0..50).counting().giving_at_most(most);
        assert_eq!(walked(&server, 10).await.unwrap(), (0..50).collect::<Vec<_>>(), "{most}");
        // Without a count a short page is all that tells.
        let server = Server::of(0..50).giving_at_most(most);
        assert_eq!(walked(&server, 10).await.unwrap().len() as u64, if most < 10 { most } else { 50 });
    }
}

#[tokio::test(start_paused = true)]
async fn such_a_server_may_move_its_list_as_well() {
    for grows in [1, 2, 4] {
        for most in [5, 7] {
            let mut newcomer = 1_000;
            let server = Server::scripted(0..60, move |asked, list| {
                for _ in 0..if asked.number > 1 { grows } else { 0 } {
                    newcomer += 1;
                    list.insert(0, newcomer);
                }
                if asked.number.is_multiple_of(3) {
                    list.remove(0);
                }
                Act::Serve
            });
            let server = server.counting().giving_at_most(most);
            let seen: Vec<u64> = walked(&server, 20).await.unwrap();
            assert_eq!(seen.iter().copied().filter(|row| *row < 60).collect::<Vec<_>>(), (0..60).collect::<Vec<_>>());
        }
    }
    // The search for its place goes by the pages that come, not by those that it asks for.
    let server = Server::scripted(0..200, |asked, list| {
        if asked.number == 10 {
            list.drain(0..5);
        }
        Act::Serve
    });
    let server = server.counting().giving_at_most(10);
    assert_eq!(walked(&server, 150).await.unwrap(), (0..200).collect::<Vec<_>>());
    // A step back isn't the end, though nothing on it is new and it is short.
    let server = Server::scripted(0..60, |asked, list| {
        if asked.number == 4 {
            list.drain(0..3);
        }
        Act::Serve
    });
    let server = server.counting().giving_at_most(10);
    assert_eq!(walked(&server, 40).await.unwrap(), (0..60).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn a_count_that_is_too_high_ends_nothing_but_the_list() {
    for rows in [0, 1, 9, 10, 11, 20] {
        let server = Server::of(0..rows).counting_more(7);
        assert_eq!(walked(&server, 10).await.unwrap(), (0..rows).collect::<Vec<_>>(), "{rows}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_count_that_is_too_low_hides_nothing() {
    let server = Server::of(0..50).counting_more(-45);
    assert_eq!(walked(&server, 10).await.unwrap(), (0..50).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn each_page_tells_the_count_that_came_with_it() {
    let server = Server::scripted(0..9, |asked, list| {
        list.push(100 + asked.number as u64);
        Act::Serve
    });
    let pages: Vec<Page<u64>> = server.counting().list(5).pages().try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.total).collect::<Vec<_>>(), [Some(10), Some(11), Some(12)]);
    for windows in [1, 3] {
        let server = Server::of(0..9).counting();
        let mut pages = server.list(5).pages().with_windows(windows);
        assert_eq!(pages.next().await.unwrap().unwrap().total, Some(9), "{windows}");
        let plain = Server::of(0..9);
        assert_eq!(plain.list(5).pages().with_windows(windows).next().await.unwrap().unwrap().total, None);
    }
}

#[tokio::test(start_paused = true)]
async fn windows_over_a_server_that_gives_fewer_rows_end_in_an_error_instead_of_a_gap() {
    let server = Server::of(0..50).counting().giving_at_most(7);
    let mut pages = server.list(10).pages().with_windows(3);
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Paging, Outcome::Completed));
    assert!(error.to_string().contains("7 rows of the 10"), "{error}");
    let whole: Vec<_> = Server::of(0..50).counting().list(7).pages().with_windows(3).try_collect().await.unwrap();
    assert_eq!(whole.iter().map(Page::rows).sum::<usize>(), 50);
}
