//! Which windows to ask for: each is as wide as is likely to give a page that is not quite full.
//!
//! They are read in the order of time, so that everything before the current one is complete. A page that may lack rows
//! is discarded, and a narrower window asked for. Every loop ends: ten pages in a row with rows of other times, or many
//! requests in a row with nothing new, are an error.

use crate::{
    requests::{
        list::{ListRequests, MAX_LIMIT},
        model::SupportRequest,
        scope::Scope,
    },
    workflows::sync_window::{
        page_size::{Extent, PageSize},
        synced::Synced,
        unsplittable::{paging, read_until_still},
    },
};
use care_client_core::{Error, Page, Pipeline};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use std::collections::{HashMap, HashSet};

const MILLISECOND: TimeDelta = TimeDelta::milliseconds(1);
/// The margins of two windows that touch.
const MARGIN: TimeDelta = TimeDelta::milliseconds(2);
/// How far the time of a row may lie outside of the window that was asked for: a server may cut what it shows.
const TOLERANCE: TimeDelta = TimeDelta::seconds(60);
/// So many pages in a row with rows of other times show that the server ignores the times.
const MAX_ASTRAY: u32 = 10;
/// So many requests in a row without a new row are too many: all times to a millisecond take about 40 halvings.
const MAX_IDLE: u32 = 300;

/// The windows from one time to another.
pub(super) struct Windows<S> {
    pipeline: Pipeline,
    list: ListRequests<S>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    /// Everything before it is complete.
    at: DateTime<Utc>,
    width: TimeDelta,
    size: PageSize,
    /// Whether the last full page was in the order of time.
    is_ascending: bool,
    /// The rows of the last part that had any, for windows touch.
    last: HashMap<Box<str>, DateTime<Utc>>,
    astray: u32,
    idle: u32,
}

impl<S: Scope> Windows<S> {
    pub(super) fn new(pipeline: Pipeline, list: ListRequests<S>, from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self {
            pipeline,
            list: list.without_window().limit(MAX_LIMIT).offset(0),
            from,
            to,
            at: from.trunc_subsecs(3),
            width: TimeDelta::MAX,
            size: PageSize::default(),
            is_ascending: false,
            last: HashMap::new(),
            astray: 0,
            idle: 0,
        }
    }

    pub(super) fn to(&self) -> DateTime<Utc> {
        self.to
    }

    /// The next part that has rows, or the last one; `None` after it.
    pub(super) async fn next(&mut self) -> Result<Option<Synced>, Error> {
        while self.at < self.to {
            let end = self.at.checked_add_signed(self.width).unwrap_or(self.to).min(self.to);
            let mut page = self.read(end, 0).await?;
            self.check_times(&page, end)?;
            if !self.is_whole(&page, end).await? {
                if end - self.at > MILLISECOND {
                    self.width = self.narrower(&page, end);
                    continue;
                }
                page = read_until_still(&self.pipeline, &self.window(end)).await?;
                // One that has nothing new counts as many: ten of them are the end.
                self.idle += MAX_IDLE / 10;
            }
            self.width = self.wider(page.rows(), end);
            self.at = end;
            let part = self.part(page);
            if self.at == self.to || !(part.requests.is_empty() && part.undecodable.is_empty()) {
                return Ok(Some(part));
            }
        }
        Ok(None)
    }

    async fn read(&mut self, end: DateTime<Utc>, offset: usize) -> Result<Page<SupportRequest>, Error> {
        self.idle += 1;
        if self.idle > MAX_IDLE {
            return Err(paging::<S>("many lists of narrower and narrower windows had nothing new in them"));
        }
        self.pipeline.call(self.window(end).offset(offset as u64)).await
    }

    /// The list from the current position to `end`, and a millisecond more at both ends: whether they count is
    /// documented in two ways (defect `LEAP-35`).
    fn window(&self, end: DateTime<Utc>) -> ListRequests<S> {
        let more = |end: DateTime<Utc>, by| end.checked_add_signed(by).unwrap_or(end.trunc_subsecs(3));
        let list = self.list.clone().updated_to(more(end, MILLISECOND));
        // No lower limit.
        if self.at == DateTime::UNIX_EPOCH { list } else { list.updated_from(more(self.at, -MILLISECOND)) }
    }

    /// Whether the page has all rows of its window. Asks the server if that is unclear.
    async fn is_whole(&mut self, page: &Page<SupportRequest>, end: DateTime<Utc>) -> Result<bool, Error> {
        let rows = page.rows();
        match self.size.extent(rows) {
            Extent::Whole => Ok(true),
            Extent::Full => Ok(false),
            Extent::Unclear => {
                let behind = self.read(end, rows).await?;
                let known: HashSet<&str> = keys(page).map(|(key, _)| key).collect();
                if behind.rows() > 0 && keys(&behind).all(|(key, _)| known.contains(key)) {
                    return Err(paging::<S>("the server ignores the offset of a list"));
                }
                self.size.learn(rows, behind.rows() == 0);
                Ok(behind.rows() == 0)
            }
        }
    }

    /// Checks that a page has rows of the times that were asked for.
    fn check_times(&mut self, page: &Page<SupportRequest>, end: DateTime<Utc>) -> Result<(), Error> {
        let near = |at: DateTime<Utc>| {
            let from = if self.at == DateTime::UNIX_EPOCH { DateTime::<Utc>::MIN_UTC } else { self.at };
            from.signed_duration_since(at) <= TOLERANCE && at.signed_duration_since(end) <= TOLERANCE
        };
        let is_astray = page.items.iter().any(|request| !near(request.last_update_time));
        self.astray = if is_astray { self.astray + 1 } else { 0 };
        // All rows of the only page: nothing shows later that the server ignores the times.
        let is_hopeless = is_astray && end == self.to && !page.items.iter().any(|row| near(row.last_update_time));
        let times: HashSet<_> = page.items.iter().map(|request| request.last_update_time).collect();
        let is_impossible =
            i64::try_from(times.len()).unwrap_or(i64::MAX) > (end - self.at).num_milliseconds().saturating_add(4);
        if self.astray >= MAX_ASTRAY || is_hopeless || is_impossible {
            return Err(paging::<S>("the server lists requests of other times than those asked for"));
        }
        Ok(())
    }

    /// The width of the next attempt after a page that may lack rows. If the page is in the order of time, it shows
    /// where it would have to end.
    fn narrower(&mut self, page: &Page<SupportRequest>, end: DateTime<Utc>) -> TimeDelta {
        let width = end - self.at;
        let half = milliseconds(width / 2);
        self.is_ascending = page.items.is_sorted_by_key(|request| request.last_update_time);
        let inside = |at: &DateTime<Utc>| (self.at..end).contains(at);
        let times: Vec<_> = page.items.iter().map(|request| request.last_update_time).filter(inside).collect();
        match times.get(self.size.most() * 17 / 20) {
            // Without those of this very time, and the margin.
            Some(at) if self.is_ascending && *at - self.at > MARGIN => milliseconds(*at - self.at - MARGIN),
            _ => half,
        }
    }

    /// The width of the window after one with so many rows.
    fn wider(&self, rows: usize, end: DateTime<Utc>) -> TimeDelta {
        let wanted = i32::try_from(self.size.most() * 4 / 5).unwrap_or(i32::MAX).max(1);
        let width = milliseconds(end - self.at);
        match i32::try_from(rows).unwrap_or(i32::MAX) {
            // Its page shows where the next rows are.
            0 if self.is_ascending => TimeDelta::MAX,
            0 => width.checked_mul(8).unwrap_or(TimeDelta::MAX),
            rows => milliseconds(width.checked_mul((wanted / rows).clamp(1, 8)).map_or(TimeDelta::MAX, |wide| {
                if rows * 8 > wanted { width.checked_mul(wanted).unwrap_or(TimeDelta::MAX) / rows } else { wide }
            })),
        }
    }

    /// The part that ends at the current position, without the rows of the part before it.
    fn part(&mut self, page: Page<SupportRequest>) -> Synced {
        let found: HashMap<Box<str>, DateTime<Utc>> = keys(&page).map(|(key, at)| (key.into(), at)).collect();
        let Page { items: mut requests, mut undecodable, .. } = page;
        let is_new = |key: &str, at: DateTime<Utc>| self.last.get(key).is_none_or(|known| *known != at);
        requests.retain(|request| {
            let at = request.last_update_time;
            // Without a lower limit, dates before 1970 count, too.
            let is_late_enough = self.from == DateTime::UNIX_EPOCH || at >= self.from;
            is_late_enough && at < self.to && is_new(request.identifier.as_str(), at)
        });
        undecodable.retain(|row| is_new(&row.id, DateTime::UNIX_EPOCH));
        requests.sort_by(|a, b| (a.last_update_time, &a.identifier).cmp(&(b.last_update_time, &b.identifier)));
        if !found.is_empty() {
            self.last = found;
        }
        if !(requests.is_empty() && undecodable.is_empty()) {
            self.idle = 0;
        }
        Synced { requests, undecodable, checkpoint: self.at }
    }
}

/// What identifies each row, and when it was updated.
fn keys(page: &Page<SupportRequest>) -> impl Iterator<Item = (&str, DateTime<Utc>)> {
    let items = page.items.iter().map(|request| (request.identifier.as_str(), request.last_update_time));
    items.chain(page.undecodable.iter().map(|row| (&*row.id, DateTime::UNIX_EPOCH)))
}

/// In whole milliseconds, at least one.
fn milliseconds(width: TimeDelta) -> TimeDelta {
    TimeDelta::milliseconds(width.num_milliseconds().max(1))
}
