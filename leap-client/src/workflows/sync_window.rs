//! Reads what was updated in a window of time, without changing a flag.

use crate::{
    ids::RequestId,
    requests::{
        list::{ListRequests, MAX_LIMIT},
        model::SupportRequest,
        scope::{All, Scope},
    },
};
use care_client_core::{Endpoint, Error, Kind, Page, Pipeline, Undecodable, workflow::impl_into_future};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use futures_core::Stream;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    future::poll_fn,
    pin::pin,
    time::Duration,
};

/// How far the clocks of client and server may differ.
const CLOCK_SKEW: TimeDelta = TimeDelta::seconds(60);
const MILLISECOND: TimeDelta = TimeDelta::milliseconds(1);
/// How often a millisecond that doesn't fit a page is read, until a reading finds nothing new.
const READINGS: usize = 5;

/// Reads all support requests that were last updated in a window of time, `[from, to)`. Made by
/// [`Requests::sync_window`](crate::Requests::sync_window).
///
/// It changes no flags, so any number of programs can use it at the same time, also beside
/// [`changes`](crate::Requests::changes). Call it with the [checkpoint](Synced::checkpoint) of the previous call, and
/// save the new checkpoint once you have handled the requests.
///
/// A window that doesn't fit one page is split in halves. No offset is used, because a list that moves while it is read
/// would lose requests (defect [`LEAP-41`](crate::defects)). A request that is updated meanwhile belongs to the next
/// window.
///
/// | setting | default |
/// |---|---|
/// | `from` | no lower limit |
/// | `to` | a minute ago, which allows for clock skew |
/// | [`with_overlap`](Self::with_overlap) | 5 s |
/// | [`with_list`](Self::with_list) | all requests |
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().base_url(emulator.url())
/// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
/// # emulator.controller().raise(care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked"))?;
/// use chrono::Utc;
///
/// let first = leap.requests().sync_window(None, Utc::now()).await?;
/// println!("{} requests so far", first.requests.len());
/// # assert_eq!(first.requests.len(), 1);
/// # let now = Utc::now() + chrono::TimeDelta::seconds(1);
/// let news = leap.requests().sync_window(first.checkpoint, None).await;
/// # let news = leap.requests().sync_window(first.checkpoint, now).await;
/// println!("{} since then", news?.requests.len());
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// [`Kind::Request`](crate::Kind::Request) if the window is empty, otherwise those of [`list`](crate::Requests::list).
/// [`Kind::Paging`](crate::Kind::Paging) if more than 100 requests were updated in one millisecond and their list keeps
/// moving.
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
pub struct SyncWindow<S = All> {
    pipeline: Pipeline,
    list: ListRequests<S>,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    overlap: Duration,
}

/// What a [`SyncWindow`] found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Synced {
    /// The requests without their history, the least recently updated first.
    pub requests: Vec<SupportRequest>,
    /// Rows that could not be read.
    pub undecodable: Vec<Undecodable>,
    /// The end of the window: `from` of the next one.
    pub checkpoint: DateTime<Utc>,
}

impl SyncWindow {
    pub(super) fn new(pipeline: Pipeline, from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Self {
        Self { pipeline, list: ListRequests::new(), from, to, overlap: Duration::from_secs(5) }
    }
}

impl<S: Scope> SyncWindow<S> {
    /// Reads only the requests of this list: those of a topic or in a state, acknowledged or not. The list's own
    /// window, limit and offset are ignored. Default: all requests.
    #[doc(alias = "within")]
    pub fn with_list<T: Scope>(self, list: ListRequests<T>) -> SyncWindow<T> {
        let Self { pipeline, from, to, overlap, .. } = self;
        SyncWindow { pipeline, list, from, to, overlap }
    }

    /// Sets how much earlier than `from` the window begins, for updates that show late. Requests in the overlap are
    /// found again. Default: 5 s.
    pub fn with_overlap(mut self, overlap: Duration) -> Self {
        self.overlap = overlap;
        self
    }

    async fn run(self) -> Result<Synced, Error> {
        let to = self.to.unwrap_or_else(|| Utc::now() - CLOCK_SKEW);
        let overlap = TimeDelta::from_std(self.overlap).unwrap_or(TimeDelta::MAX);
        let from = self.from.map_or(DateTime::UNIX_EPOCH, |from| {
            from.checked_sub_signed(overlap).unwrap_or(DateTime::UNIX_EPOCH).max(DateTime::UNIX_EPOCH)
        });
        if from >= to || self.from.is_some_and(|from| from >= to) {
            return Err(Error::request(
                "the window is empty: `from` must be earlier than `to`, which defaults to a minute ago",
            )
            .in_operation(ListRequests::<S>::OPERATION));
        }
        let mut found = Found::default();
        let mut windows = vec![(from.trunc_subsecs(3), to)];
        while let Some((from, to)) = windows.pop() {
            let page = self.pipeline.call(self.window(from, to)).await?;
            if page.rows() < MAX_LIMIT as usize {
                found.add(page);
            } else if to - from > MILLISECOND {
                let middle = (from + (to - from) / 2).trunc_subsecs(3).max(from + MILLISECOND);
                windows.extend([(middle, to), (from, middle)]);
            } else {
                self.read_unsplittable(from, to, &mut found).await?;
            }
        }
        let mut requests: Vec<_> = found.requests.into_values().collect();
        requests.retain(|request| (from..to).contains(&request.last_update_time));
        requests.sort_by(|a, b| (a.last_update_time, &a.identifier).cmp(&(b.last_update_time, &b.identifier)));
        Ok(Synced { requests, undecodable: found.undecodable.into_values().collect(), checkpoint: to })
    }

    /// A millisecond more at both ends: whether they count is documented in two ways (defect `LEAP-35`).
    fn window(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> ListRequests<S> {
        let list = self.list.clone().without_window().limit(MAX_LIMIT).offset(0);
        let more = |end: DateTime<Utc>, by| end.checked_add_signed(by).unwrap_or(end.trunc_subsecs(3));
        let list = list.updated_to(more(to, MILLISECOND));
        // No lower limit.
        if from == DateTime::UNIX_EPOCH { list } else { list.updated_from(more(from, -MILLISECOND)) }
    }

    /// Reads a window that can't be split, page by page, until a reading finds nothing new. A request that is updated
    /// meanwhile leaves the window, and none enters a window that has passed.
    async fn read_unsplittable(&self, from: DateTime<Utc>, to: DateTime<Utc>, found: &mut Found) -> Result<(), Error> {
        let mut known: Option<HashSet<RequestId>> = None;
        for _ in 0..READINGS {
            let whole = match self.whole(from, to).await {
                Ok(whole) => whole,
                // The list has moved too far for the walk.
                Err(error) if error.kind() == Kind::Paging => continue,
                Err(error) => return Err(error),
            };
            let ids: HashSet<_> = whole.items.iter().map(|request| request.identifier.clone()).collect();
            found.add(whole);
            if known.as_ref().is_some_and(|known| ids.is_subset(known)) {
                return Ok(());
            }
            known.get_or_insert_default().extend(ids);
        }
        Err(Error::paging("more than one page of requests was updated in one millisecond, and their list keeps moving")
            .in_operation(ListRequests::<S>::OPERATION))
    }

    async fn whole(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Page<SupportRequest>, Error> {
        let mut whole = Page::new(Vec::new(), Vec::new());
        let mut pages = pin!(self.pipeline.call(self.window(from, to)).pages());
        while let Some(page) = poll_fn(|cx| pages.as_mut().poll_next(cx)).await {
            let page = page?;
            whole.items.extend(page.items);
            whole.undecodable.extend(page.undecodable);
        }
        Ok(whole)
    }
}

/// The newest version of each request, by identifier.
#[derive(Default)]
struct Found {
    requests: HashMap<RequestId, SupportRequest>,
    undecodable: BTreeMap<Box<str>, Undecodable>,
}

impl Found {
    fn add(&mut self, page: Page<SupportRequest>) {
        for request in page.items {
            let known = self.requests.get(&request.identifier);
            if known.is_none_or(|known| known.last_update_time <= request.last_update_time) {
                self.requests.insert(request.identifier.clone(), request);
            }
        }
        self.undecodable.extend(page.undecodable.into_iter().map(|row| (row.id.clone(), row)));
    }
}

impl_into_future!(<S: Scope> SyncWindow<S> => Synced);
