//! Lists whose pages have numbers and one size: none of their rows comes twice, and a gap shows in the server's count.

use bytes::Bytes;
use care_client_core::{
    BoxFuture, Call, DecodeError, Endpoint, Error, Kind, Operation, Options, Page, Paged, Pipeline, RawResponse,
    RequestParts, Safety, Transport, TransportError, Undecodable,
};
use futures_util::{StreamExt, TryStreamExt};
use http::{HeaderMap, Request, StatusCode};
use std::{sync::Arc, sync::Mutex, time::Duration};

const SIZE: u64 = 5;

/// Lists things by the numbers of pages, beginning with 1.
#[derive(Clone, Debug)]
struct List {
    page: u64,
}

#[derive(serde::Deserialize)]
struct Answer {
    count: u64,
    rows: Vec<u64>,
}

impl Endpoint for List {
    type Output = Page<u64>;
    const OPERATION: &'static Operation =
        &Operation::new("test.list", "/things", Safety::Read, "https://docs.example.com/things");

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::get(["things"]).query("page", self.page.to_string()))
    }

    fn decode(&self, response: &RawResponse) -> Result<Page<u64>, DecodeError> {
        let Answer { count, rows } = response.json()?;
        Ok(Page::new(rows, Vec::new()).with_total(Some(count)))
    }
}

impl Paged for List {
    type Item = u64;
    type Key = u64;
    const NUMBERED: bool = true;

    fn key(row: Result<&u64, &Undecodable>) -> u64 {
        row.copied().unwrap_or_default()
    }

    fn offset(&self) -> u64 {
        (self.page - 1) * SIZE
    }

    fn limit(&self) -> u64 {
        SIZE
    }

    fn at(&self, offset: u64, _limit: u64) -> Self {
        Self { page: offset / SIZE + 1 }
    }
}

/// What is done to the list before a request, by the number of the request.
type Change = dyn FnMut(usize, &mut Vec<u64>) + Send;

#[derive(Clone)]
struct Server(Arc<Mutex<World>>);

struct World {
    list: Vec<u64>,
    asked: Vec<u64>,
    change: Box<Change>,
    /// Whether every page is the first.
    ignores_number: bool,
}

impl Server {
    fn new(rows: u64, change: impl FnMut(usize, &mut Vec<u64>) + Send + 'static) -> Self {
        let world =
            World { list: (0..rows).collect(), asked: Vec::new(), change: Box::new(change), ignores_number: false };
        Self(Arc::new(Mutex::new(world)))
    }

    fn list(&self, page: u64) -> Call<List> {
        let options = Options::new().transport(self.clone());
        Pipeline::builder("http://localhost", "tests/1.0").options(options).build().unwrap().call(List { page })
    }

    /// The pages that were asked for.
    fn asked(&self) -> Vec<u64> {
        self.0.lock().unwrap().asked.clone()
    }
}

impl Transport for Server {
    fn send(
        &self,
        request: Request<Bytes>,
        _: Duration,
        _: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        let number: u64 = request.uri().query().unwrap().replace("page=", "").parse().unwrap();
        let World { list, asked, change, ignores_number } = &mut *self.0.lock().unwrap();
        asked.push(number);
        change(asked.len(), list);
        let number = if *ignores_number { 1 } else { number };
        let rows: Vec<u64> = list.iter().copied().skip(((number - 1) * SIZE) as usize).take(SIZE as usize).collect();
        let gone = rows.is_empty() && number > 1;
        let status = if gone { StatusCode::NOT_FOUND } else { StatusCode::OK };
        let body = format!(r#"{{"count":{},"rows":{rows:?}}}"#, list.len());
        Box::pin(async move { Ok(RawResponse::new(status, HeaderMap::new(), body)) })
    }
}

async fn all(server: &Server) -> Vec<u64> {
    server.list(1).items().try_collect().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_list_that_stands_still_is_read_whole_page_by_page() {
    for rows in [0, 1, 4, 5, 6, 10, 23] {
        let server = Server::new(rows, |_, _| {});
        assert_eq!(all(&server).await, (0..rows).collect::<Vec<_>>());
        assert_eq!(server.asked(), (1..=rows.div_ceil(SIZE).max(1)).collect::<Vec<_>>(), "{rows}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_row_that_slips_past_the_walk_is_found_again() {
    for rows in [11, 12, 23] {
        let server = Server::new(rows, |number, list| {
            if number == 2 {
                list.remove(0);
            }
        });
        let mut seen = all(&server).await;
        seen.sort_unstable();
        assert_eq!(seen, (0..rows).collect::<Vec<_>>());
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_that_is_gone_by_the_time_it_is_asked_for_is_no_error() {
    let server = Server::new(11, |number, list| {
        if number == 3 {
            list.remove(0);
        }
    });
    let mut seen = all(&server).await;
    seen.sort_unstable();
    assert_eq!(seen, (0..11).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn a_list_that_loses_rows_without_end_is_an_error_that_says_so() {
    let server = Server::new(200, |_, list| {
        list.remove(0);
    });
    let error = server.list(1).items().try_collect::<Vec<_>>().await.unwrap_err();
    assert_eq!(error.kind(), Kind::Paging);
    assert!(error.to_string().contains("faster than it can be read"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_page_that_is_not_there_is_an_error_for_a_call_and_the_end_for_a_walk() {
    let server = Server::new(0, |_, _| {});
    let error = server.list(2).await.unwrap_err();
    assert!(error.is_not_found());
    assert!(
        server.list(2).items().try_collect::<Vec<_>>().await.unwrap().is_empty(),
        "a walk that begins past the end"
    );
}

#[tokio::test(start_paused = true)]
async fn windows_end_at_the_first_page_that_is_not_there() {
    for rows in [5, 10, 12] {
        let server = Server::new(rows, |_, _| {});
        let seen: Vec<_> = server.list(1).items().with_windows(4).try_collect().await.unwrap();
        assert_eq!(seen, (0..rows).collect::<Vec<_>>());
    }
}

#[tokio::test(start_paused = true)]
async fn a_proxy_that_drops_the_query_is_an_error_within_a_dozen_requests() {
    for windows in [1, 4] {
        // Page one, whatever is asked for: as many rows as a page has are never all of them.
        let server = Server::new(10_000, |_, _| {});
        server.0.lock().unwrap().ignores_number = true;
        let error = server.list(1).items().with_windows(windows).try_collect::<Vec<_>>().await.unwrap_err();
        assert_eq!(error.kind(), Kind::Paging);
        assert!(error.to_string().contains("5 rows were handed out"), "{error}");
        assert!(server.asked().len() <= 11, "{windows}: {}", server.asked().len());
    }
}

#[tokio::test(start_paused = true)]
async fn a_walk_can_be_resumed_at_the_next_page() {
    let server = Server::new(12, |_, _| {});
    let mut pages = server.list(1).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().items, [0, 1, 2, 3, 4]);
    assert_eq!(pages.rest().map(|rest| rest.page), Some(2));
    let rest: Vec<u64> = server.list(2).items().try_collect().await.unwrap();
    assert_eq!(rest, (5..12).collect::<Vec<_>>());
}
