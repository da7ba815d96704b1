//! Lists as streams of items and pages. Here is what the tests share: a list that is read page by page, and a server in
//! the process that gives it out and can be told to misbehave.

mod ahead;
mod moves;
mod numbered;
mod walk;

use bytes::Bytes;
use care_client_core::{
    BoxFuture, Call, DecodeError, Endpoint, Error, Observe, Operation, Options, Page, Paged, Pipeline, RawResponse,
    RequestParts, RetryPolicy, Safety, ShiftEvent, Transport, TransportError, TransportFailure, Undecodable,
};
use http::{HeaderMap, HeaderName, Request, StatusCode};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::{Instant, sleep};

/// Lists things by their numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct List {
    pub(crate) offset: u64,
    pub(crate) limit: u64,
}

/// In which header the server says how many rows there are.
const COUNT: &str = "x-count";

/// A decoder that panics at this number has a bug.
pub(crate) const BUG: u64 = u64::MAX;

impl Endpoint for List {
    type Output = Page<u64>;
    const OPERATION: &'static Operation =
        &Operation::new("test.list", "/things", Safety::Read, "https://docs.example.com/things");

    fn parts(&self) -> Result<RequestParts, Error> {
        let Self { offset, limit } = self;
        if *limit == 0 {
            return Err(Error::request("a page has at least one row"));
        }
        Ok(RequestParts::get(["things"]).query("offset", offset.to_string()).query("limit", limit.to_string()))
    }

    fn decode(&self, response: &RawResponse) -> Result<Page<u64>, DecodeError> {
        let total = response.headers.get(COUNT).map(|total| total.to_str().unwrap().parse().unwrap());
        let mut page = Page::new(Vec::new(), Vec::new()).with_total(total);
        for (index, row) in response.json::<Vec<serde_json::Value>>()?.iter().enumerate() {
            match (row.as_u64(), row["broken"].as_u64()) {
                (Some(BUG), _) => panic!("a bug in the decoder"),
                (Some(thing), _) => page.items.push(thing),
                (None, id) => {
                    let error = DecodeError::unreadable(format!("[{index}]"), "no number");
                    page.undecodable.push(Undecodable::new(index, id.unwrap_or(0).to_string(), error));
                }
            }
        }
        Ok(page)
    }
}

impl Paged for List {
    type Item = u64;
    type Key = u64;

    fn key(row: Result<&u64, &Undecodable>) -> u64 {
        row.copied().unwrap_or_else(|undecodable| undecodable.id.parse().unwrap())
    }

    fn offset(&self) -> u64 {
        self.offset
    }

    fn limit(&self) -> u64 {
        self.limit
    }

    fn at(&self, offset: u64, limit: u64) -> Self {
        Self { offset, limit }
    }
}

/// What the server does with a request.
pub(crate) enum Act {
    /// Gives the page that is asked for.
    Serve,
    /// Gives the page at another offset.
    ServeAt(u64),
    /// Gives no more rows than this.
    ServeAtMost(u64),
    Status(u16),
    Broken,
}

type Script = dyn FnMut(&Asked, &mut Vec<u64>) -> Act + Send;

/// A server whose list is changed by the script before each answer.
#[derive(Clone)]
pub(crate) struct Server {
    world: Arc<Mutex<World>>,
    delay: fn(u64) -> Duration,
}

struct World {
    list: Vec<u64>,
    unreadable: fn(u64) -> bool,
    /// By how many rows its count is wrong, if it counts.
    counts: Option<i64>,
    most: u64,
    script: Box<Script>,
    asked: Vec<Asked>,
    answered: usize,
    shifts: Vec<(&'static str, i64)>,
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Its number, beginning with 1.
    pub(crate) number: usize,
    pub(crate) offset: u64,
    pub(crate) limit: u64,
    pub(crate) at: Instant,
    pub(crate) headers: HeaderMap,
    pub(crate) allowed: Duration,
}

impl Server {
    pub(crate) fn scripted(
        list: impl IntoIterator<Item = u64>,
        script: impl FnMut(&Asked, &mut Vec<u64>) -> Act + Send + 'static,
    ) -> Self {
        let world = World {
            list: list.into_iter().collect(),
            unreadable: |_| false,
            counts: None,
            most: u64::MAX,
            script: Box::new(script),
            asked: Vec::new(),
            answered: 0,
            shifts: Vec::new(),
        };
        Self { world: Arc::new(Mutex::new(world)), delay: |_| Duration::ZERO }
    }

    /// A list that stands still.
    pub(crate) fn of(list: impl IntoIterator<Item = u64>) -> Self {
        Self::scripted(list, |_, _| Act::Serve)
    }

    /// Sets how long an answer takes, by the offset that is asked for.
    pub(crate) fn delayed(mut self, delay: fn(u64) -> Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sets which rows can't be read.
    pub(crate) fn unreadable(self, unreadable: fn(u64) -> bool) -> Self {
        self.world.lock().unwrap().unreadable = unreadable;
        self
    }

    /// Tells with each page how many rows there are.
    pub(crate) fn counting(self) -> Self {
        self.counting_more(0)
    }

    /// The same, wrong by this many rows.
    pub(crate) fn counting_more(self, wrong: i64) -> Self {
        self.world.lock().unwrap().counts = Some(wrong);
        self
    }

    /// Gives no more rows than this, whatever it is asked for.
    pub(crate) fn giving_at_most(self, most: u64) -> Self {
        self.world.lock().unwrap().most = most;
        self
    }

    /// A call that lists from the beginning.
    pub(crate) fn list(&self, limit: u64) -> Call<List> {
        self.pipeline().call(List { offset: 0, limit })
    }

    pub(crate) fn pipeline(&self) -> Pipeline {
        let retry = RetryPolicy::new().attempts(1);
        let options = Options::new().transport(self.clone()).observer(self.clone()).retry(retry);
        Pipeline::builder("http://localhost", "tests/1.0").options(options).build().unwrap()
    }

    /// What `look` sees of each request.
    pub(crate) fn asked<T>(&self, look: impl Fn(&Asked) -> T) -> Vec<T> {
        self.world.lock().unwrap().asked.iter().map(look).collect()
    }

    /// Offset and limit of each request.
    pub(crate) fn asks(&self) -> Vec<(u64, u64)> {
        self.asked(|asked| (asked.offset, asked.limit))
    }

    pub(crate) fn count(&self) -> usize {
        self.world.lock().unwrap().asked.len()
    }

    /// How many requests were answered, and not broken off before.
    pub(crate) fn answered(&self) -> usize {
        self.world.lock().unwrap().answered
    }

    /// The shifts that the observer was told of, each with its operation.
    pub(crate) fn shifts(&self) -> Vec<(&'static str, i64)> {
        self.world.lock().unwrap().shifts.clone()
    }
}

impl Observe for Server {
    fn shift(&self, event: &ShiftEvent<'_>) {
        self.world.lock().unwrap().shifts.push((event.operation.name(), event.moved));
    }
}

impl Transport for Server {
    fn send(
        &self,
        request: Request<Bytes>,
        limit: Duration,
        _max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        Box::pin(async move {
            let (answer, offset, count) = self.world.lock().unwrap().answer(&request, limit);
            let delay = (self.delay)(offset);
            if delay > Duration::ZERO {
                sleep(delay).await;
            }
            self.world.lock().unwrap().answered += 1;
            let (status, body) = match answer {
                Ok(answer) => answer,
                Err(Act::Broken) => return Err(TransportError::Head(TransportFailure::broken("broken"))),
                Err(_) => {
                    sleep(limit).await;
                    return Err(TransportError::Head(TransportFailure::timed_out()));
                }
            };
            let count = count.map(|count| (HeaderName::from_static(COUNT), count.into()));
            Ok(RawResponse::new(StatusCode::from_u16(status).unwrap(), HeaderMap::from_iter(count), body))
        })
    }
}

impl World {
    fn answer(
        &mut self,
        request: &Request<Bytes>,
        allowed: Duration,
    ) -> (Result<(u16, String), Act>, u64, Option<i64>) {
        let query = request.uri().query().unwrap().replace("offset=", "").replace("limit=", "");
        let (offset, limit) = query.split_once('&').unwrap();
        let (offset, limit) = (offset.parse().unwrap(), limit.parse().unwrap());
        let (number, headers) = (self.asked.len() + 1, request.headers().clone());
        let asked = Asked { number, offset, limit, at: Instant::now(), headers, allowed };
        let act = (self.script)(&asked, &mut self.list);
        self.asked.push(asked);
        let answer = match act {
            Act::Serve => Ok((200, self.page(offset, limit))),
            Act::ServeAt(offset) => Ok((200, self.page(offset, limit))),
            Act::ServeAtMost(most) => Ok((200, self.page(offset, limit.min(most)))),
            Act::Status(status) => Ok((status, String::new())),
            other => Err(other),
        };
        (answer, offset, self.counts.map(|wrong| self.list.len() as i64 + wrong))
    }

    fn page(&self, offset: u64, limit: u64) -> String {
        let rows = self.list.iter().skip(offset as usize).take(limit.min(self.most) as usize);
        let unreadable = self.unreadable;
        let shown = |row: &u64| if unreadable(*row) { format!("{{\"broken\":{row}}}") } else { row.to_string() };
        format!("[{}]", rows.map(shown).collect::<Vec<_>>().join(","))
    }
}
