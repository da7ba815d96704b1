//! A list is walked page by page: whole, in order, with an end, and with errors that say what to do. A page that is
//! shorter than asked for ends no walk, and a server that ignores what it is asked for ends each of them.

use super::*;
use care_client_core::{Error, Items, Kind, Operation, Outcome, Page, Pages, RetryPolicy, Safety};
use futures_util::{StreamExt, TryStreamExt};
use http::{HeaderName, HeaderValue};
use std::time::Duration;

async fn numbers(items: Items<List>) -> Result<Vec<u64>, Error> {
    items.try_collect().await
}

async fn failure(mut pages: Pages<List>) -> Error {
    loop {
        if let Err(error) = pages.next().await.expect("an error, not the end") {
            assert!(pages.next().await.is_none(), "an error is the last of it");
            return error;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_list_is_walked_whole_and_in_order_whatever_the_size_of_its_pages() {
    for rows in [0, 1, 2, 3, 7, 8, 9, 20, 21] {
        for limit in [1, 2, 3, 7, 20, 21, 1000] {
            let server = Server::of(0..rows);
            let all = numbers(server.list(limit).items()).await.unwrap();
            assert_eq!(all, (0..rows).collect::<Vec<_>>(), "{rows} rows, {limit} a page");
            let pages: Vec<_> = server.list(limit).pages().try_collect().await.unwrap();
            assert!(pages.iter().all(|page| page.rows() > 0), "{rows} rows, {limit} a page");
            assert_eq!(pages.into_iter().flat_map(|page| page.items).collect::<Vec<_>>(), all);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn each_page_begins_with_the_row_that_the_one_before_ended_with() {
    let server = Server::of(0..8);
    numbers(server.list(3).items()).await.unwrap();
    assert_eq!(server.asks(), [(0, 3), (2, 3), (4, 3), (6, 3), (7, 3)]);

    // The end shows on one more, whether the last page is full or not.
    let server = Server::of(0..7);
    numbers(server.list(3).items()).await.unwrap();
    assert_eq!(server.asks(), [(0, 3), (2, 3), (4, 3), (6, 3)]);

    // One row a page would have room for the known row alone.
    let server = Server::of(0..3);
    numbers(server.list(1).items()).await.unwrap();
    assert_eq!(server.asks(), [(0, 1), (0, 2), (1, 2), (2, 2)]);
}

#[tokio::test(start_paused = true)]
async fn a_page_with_room_left_ends_the_list_where_the_count_says_so_and_otherwise_after_one_more_request() {
    for rows in [2, 3, 5, 9] {
        let server = Server::of(0..rows).counting();
        let mut pages = server.list(10).pages();
        assert_eq!(pages.next().await.unwrap().unwrap().rows() as u64, rows);
        assert!(pages.rest().is_none());
        assert!(pages.next().await.is_none());
        assert_eq!(server.count(), 1, "{rows}");

        let server = Server::of(0..rows);
        let mut pages = server.list(10).pages();
        assert_eq!(pages.next().await.unwrap().unwrap().rows() as u64, rows);
        assert!(pages.next().await.is_none() && pages.rest().is_none());
        assert_eq!(server.asks(), [(0, 10), (rows - 1, 10)]);
    }
    // Nothing that comes with the last row shows whether more follows where all pages had one row.
    let server = Server::of(0..1);
    assert_eq!(numbers(server.list(10).items()).await.unwrap(), [0]);
    assert_eq!(server.asks(), [(0, 10), (0, 10), (1, 10)]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_before_somebody_wants_it() {
    let server = Server::of(0..100);
    let pages = server.list(3).pages();
    let items = server.list(3).items();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(server.count(), 0);
    drop((pages, items));
}

#[tokio::test(start_paused = true)]
async fn a_failed_page_ends_the_stream_with_the_error_of_its_call() {
    let server = Server::scripted(0..9, |asked, _| if asked.number == 3 { Act::Status(404) } else { Act::Serve });
    let mut items = server.list(3).items();
    let mut seen = Vec::new();
    let error = loop {
        match items.next().await.unwrap() {
            Ok(item) => seen.push(item),
            Err(error) => break error,
        }
    };
    assert_eq!(seen, [0, 1, 2, 3, 4]);
    assert!(error.is_not_found() && error.operation() == "test.list", "{error}");
    for _ in 0..3 {
        assert!(items.next().await.is_none());
    }
    assert_eq!(server.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_walk_is_resumed_behind_the_last_page_that_was_handed_out() {
    let server = Server::scripted(0..20, |asked, _| if asked.number == 4 { Act::Broken } else { Act::Serve });
    let call = server.list(5);
    let mut pages = call.pages();
    assert_eq!(pages.rest(), Some(&List { offset: 0, limit: 5 }));
    pages.next().await.unwrap().unwrap();
    assert_eq!(pages.rest(), Some(&List { offset: 5, limit: 5 }));
    pages.next().await.unwrap().unwrap();
    // By now the next page has been read ahead; it is not handed out.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!((server.count(), pages.rest()), (3, Some(&List { offset: 9, limit: 5 })));
    assert_eq!(pages.next().await.unwrap().unwrap().items, [9, 10, 11, 12]);
    pages.next().await.unwrap().unwrap_err();
    let rest = pages.rest().unwrap().clone();
    assert_eq!(rest, List { offset: 13, limit: 5 });
    assert_eq!(numbers(server.pipeline().call(rest).items()).await.unwrap(), (13..20).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn there_is_no_rest_at_the_end() {
    for (rows, windows) in [(6, 1), (7, 1), (6, 3), (7, 3)] {
        let server = Server::of(0..rows);
        let mut pages = server.list(3).pages().with_windows(windows);
        while pages.next().await.is_some() {}
        assert_eq!(pages.rest(), None, "{rows} rows, {windows} windows");
    }
}

#[tokio::test(start_paused = true)]
async fn a_walk_stops_at_its_cap_and_says_how_to_continue() {
    for windows in [1, 3] {
        let server = Server::of(0..100);
        let error = failure(server.list(5).pages().with_windows(windows).with_max_pages(4)).await;
        assert_eq!((error.kind(), error.outcome(), server.count()), (Kind::Paging, Outcome::Completed, 4), "{windows}");
        let text = error.to_string();
        assert!(text.contains("test.list") && text.contains("4 pages") && text.contains("with_max_pages"), "{text}");
        assert!(!error.is_retryable(), "{text}");
    }
    // A list that ends within the cap is no error: looking for its end doesn't count.
    for windows in [1, 3] {
        for (rows, limit, max_pages) in [(16, 5, 4), (2, 5, 1), (1, 5, 1)] {
            let items = Server::of(0..rows).list(limit).items().with_windows(windows).with_max_pages(max_pages);
            assert_eq!(numbers(items).await.unwrap().len() as u64, rows, "{windows} windows");
            // Nor is what it finds handed out.
            let server = Server::of(0..50).giving_at_most(rows.min(limit - 1));
            let error = failure(server.list(limit).pages().with_windows(windows).with_max_pages(max_pages)).await;
            assert!(error.to_string().contains("the limit of this walk"), "{error}");
            assert!(server.count() <= max_pages + 2, "{}", server.count());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_ignores_the_offset_is_an_error_and_no_endless_list() {
    for limit in [1, 2, 5, 100] {
        let server = Server::scripted(0..1000, |_, _| Act::ServeAt(0));
        let error = failure(server.list(limit).pages()).await;
        assert_eq!(error.kind(), Kind::Paging);
        let text = error.to_string();
        assert!(text.contains("ignores the offset"), "{text}");
        assert!(text.contains(&format!("{} rows were handed out", limit.max(2))) && server.count() <= 12, "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_row_that_cant_be_read_is_an_error_in_its_place_among_the_items() {
    let server = Server::of(0..10).unreadable(|row| [0, 4, 5, 9].contains(&row));
    let rows: Vec<_> = server.list(4).items().collect().await;
    let read: Vec<_> = rows.iter().map(|row| row.as_ref().ok().copied()).collect();
    assert_eq!(read, [None, Some(1), Some(2), Some(3), None, None, Some(6), Some(7), Some(8), None]);
    for (offset, error) in rows.into_iter().enumerate().filter_map(|(offset, row)| Some((offset, row.err()?))) {
        assert_eq!((error.kind(), error.outcome(), error.operation()), (Kind::Decode, Outcome::Completed, "test.list"));
        let text = error.to_string();
        assert!(text.contains(&format!("at offset {offset} of the list")) && text.contains("no number"), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_counts_its_rows_anew_when_it_leaves_out_what_is_known() {
    let server = Server::of(0..7).unreadable(|row| row % 2 == 0);
    let pages: Vec<_> = server.list(4).pages().try_collect().await.unwrap();
    let of = |page: usize| {
        let page = pages[page].clone();
        (page.rows(), page.into_iter().map(|row| row.map_err(|row| (row.index, row.id))).collect::<Vec<_>>())
    };
    assert_eq!(of(0), (4, vec![Err((0, "0".into())), Ok(1), Err((2, "2".into())), Ok(3)]));
    assert_eq!(of(1), (3, vec![Err((0, "4".into())), Ok(5), Err((2, "6".into()))]));
}

#[tokio::test(start_paused = true)]
async fn what_was_set_on_the_call_holds_for_each_page() {
    const OTHER: Operation = Operation::new("test.other", "/things", Safety::Read, "");
    for windows in [1, 2] {
        let name = HeaderName::from_static("x-tenant");
        // Every second attempt fails.
        let server =
            Server::scripted(0..9, |asked, _| if asked.number % 2 == 1 { Act::Status(503) } else { Act::Serve });
        let call = server
            .list(3)
            .with_timeout(Duration::from_secs(7))
            .with_header(name, HeaderValue::from_static("acme"))
            .with_retry(RetryPolicy::new().attempts(3).first_delay(Duration::ZERO))
            .as_operation(&OTHER);
        let all: Vec<u64> = call.items().with_windows(windows).try_collect().await.unwrap();
        assert_eq!(all, (0..9).collect::<Vec<_>>());
        assert!(server.count() >= 8);
        for (tenant, allowed) in server.asked(|asked| (asked.headers["x-tenant"].clone(), asked.allowed)) {
            assert_eq!((tenant.as_bytes(), allowed), (&b"acme"[..], Duration::from_secs(7)));
        }
    }
    let server = Server::scripted(0..9, |_, _| Act::ServeAt(0));
    let error = failure(server.list(3).as_operation(&OTHER).pages()).await;
    assert_eq!((error.kind(), error.operation()), (Kind::Paging, "test.other"));
}

#[tokio::test(start_paused = true)]
async fn safety_decides_whether_a_page_is_asked_for_again() {
    for (safety, attempts) in [(Safety::Read, 2), (Safety::Once, 1)] {
        let server = Server::scripted(0..9, |_, _| Act::Broken);
        let call = server.list(3).with_safety(safety).with_retry(RetryPolicy::new().attempts(2));
        assert_eq!(failure(call.pages()).await.kind(), Kind::Interrupted);
        assert_eq!(server.count(), attempts);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_outlives_its_client_and_goes_to_another_task() {
    let items = Server::of(0..9).list(3).items();
    let all = tokio::spawn(items.try_collect::<Vec<u64>>()).await.unwrap().unwrap();
    assert_eq!(all.len(), 9);
}

#[test]
fn debug_shows_where_a_stream_is_and_nothing_of_its_items() {
    let server = Server::of(0..9);
    let shown = format!("{:?}", server.list(3).items());
    assert!(shown.contains("test.list") && shown.contains("next_offset: Some(0)"), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn what_a_page_of_the_list_would_refuse_a_walk_refuses_too() {
    let server = Server::of(0..9);
    for windows in [1, 3] {
        let mut pages = server.list(0).pages().with_windows(windows);
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.outcome(), error.operation()), (Kind::Request, Outcome::NotSent, "test.list"));
        assert!(pages.next().await.is_none());
        assert!(server.list(0).items().with_windows(windows).next().await.unwrap().is_err());
    }
    assert_eq!(server.count(), 0);
}

async fn walked(server: &Server, limit: u64) -> Result<Vec<u64>, Error> {
    server.list(limit).items().try_collect().await
}

#[tokio::test(start_paused = true)]
async fn a_server_that_gives_fewer_rows_than_asked_for_is_read_to_its_end() {
    for most in [2, 3, 7, 10, 49, 50, 99] {
        for limit in [10, 100] {
            for server in [Server::of(0..150).counting(), Server::of(0..150)] {
                let server = server.giving_at_most(most);
                assert_eq!(walked(&server, limit).await.unwrap(), (0..150).collect::<Vec<_>>(), "{most} of {limit}");
                let pages = 149_u64.div_ceil(most.min(limit) - 1) + 1;
                assert!(server.count() as u64 <= pages, "{most} of {limit}: {} requests", server.count());
                // One after the other, and several at once.
                for windows in [2, 5] {
                    let items = server.list(limit).items().with_windows(windows);
                    let all: Vec<u64> = items.try_collect().await.unwrap();
                    assert_eq!(all, (0..150).collect::<Vec<_>>(), "{most} of {limit}, {windows} windows");
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_whose_pages_vary_in_size_is_read_to_its_end() {
    for windows in [1, 2, 4] {
        let sizes = [60, 70, 40, 3, 100, 2, 2, 55, 9];
        let server = Server::scripted(0..500, move |asked, _| Act::ServeAtMost(sizes[asked.number % sizes.len()]));
        let all: Vec<u64> = server.list(100).items().with_windows(windows).try_collect().await.unwrap();
        assert_eq!(all, (0..500).collect::<Vec<_>>(), "{windows} windows");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_gives_one_row_at_a_time_is_an_error_and_no_short_list() {
    for limit in [1, 2, 100] {
        let server = Server::of(0..150).giving_at_most(1);
        let error = walked(&server, limit).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Paging);
        assert!(error.to_string().contains("one row at a time") && server.count() <= 21, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_listed_can_be_deleted_page_by_page_at_the_end_of_a_list() {
    for (rows, limit) in [(4, 5), (60, 100), (1, 100)] {
        let server = Server::scripted(0..rows, |asked, list| {
            if asked.number == 2 {
                list.clear();
            }
            Act::Serve
        });
        assert_eq!(walked(&server, limit).await.unwrap(), (0..rows).collect::<Vec<_>>());
        assert!(server.count() <= 4, "{}", server.count());
    }
}

/// Every loop over requests has a bound, whatever the server does with what it is asked for.
#[tokio::test(start_paused = true)]
async fn a_server_that_ignores_all_parameters_ends_every_walk_within_a_few_requests() {
    type Rows = fn(&Asked) -> Vec<u64>;
    let servers: [(&str, Rows); 5] = [
        ("the same page", |_| (0..10).collect()),
        ("the same row", |_| vec![7]),
        ("two pages by turns", |asked| (0..10).map(|row| row + 10 * (asked.number as u64 % 2)).collect()),
        ("three pages by turns", |asked| (0..10).map(|row| row + 10 * (asked.number as u64 % 3)).collect()),
        ("a new page each time", |asked| (0..10).map(|row| row + 10 * asked.number as u64).collect()),
    ];
    for (what, rows) in servers {
        for counted in [None, Some(10_000)] {
            for windows in [1, 4] {
                let server = Server::scripted([], move |asked, list| {
                    *list = rows(asked);
                    Act::ServeAt(0)
                });
                let server = counted.map_or(server.clone(), |count| server.clone().counting_more(count));
                let pages = server.list(10).pages().with_windows(windows).with_max_pages(200);
                let error = failure(pages).await;
                assert_eq!(error.kind(), Kind::Paging, "{what}, {windows} windows");
                // Nothing tells new pages from those of a long list where none of them overlap.
                let most = if what.contains("new") && windows > 1 { 200 } else { 40 };
                assert!(server.count() <= most, "{what}, {windows} windows: {} requests", server.count());
            }
        }
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
async fn each_page_has_the_count_that_came_with_it() {
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
async fn windows_learn_how_many_rows_the_server_gives_by_one_more_request() {
    let server = Server::of(0..50).giving_at_most(7);
    let mut pages = server.list(10).pages().with_windows(3);
    assert_eq!(pages.next().await.unwrap().unwrap().rows(), 7);
    assert_eq!(pages.rest(), Some(&List { offset: 7, limit: 10 }));
    let rest: Vec<_> = pages.map_ok(|page| page.items).try_concat().await.unwrap();
    assert_eq!(rest, (7..50).collect::<Vec<_>>());
    // Three at once, one to learn the size, then windows of that size, and one behind the short last page.
    assert_eq!(server.asks()[..7], [(0, 10), (10, 10), (20, 10), (7, 10), (14, 10), (21, 10), (28, 10)]);
    assert_eq!(server.asks().last(), Some(&(50, 10)));
}
