//! Evaluates the pages of the list by time of change, without I/O: what has changed, when to stop, and the next
//! checkpoint.
//!
//! **Why no change is lost.** Reading the list can miss a change that was made after reading began: the row moved ahead
//! of the current page, or to a page already read, or changed twice within one second. So the checkpoint must not be
//! later than the time at which reading began. Two known times satisfy that, whatever the order of the list:
//!
//! - the newest time on the first page, because the service stamps later changes with later times;
//! - the newest time of all, minus the duration of the reading, minus one second for times that are truncated to
//!   seconds, because the newest time of all is no later than the end of the reading.
//!
//! The later of the two is used. In a list whose newest rows come first that is the first one; where they come last,
//! only the second one advances.

use crate::{
    ids::InterventionId,
    interventions::Intervention,
    workflows::{changed_list::Row, result::ChangedInterventions},
};
use care_client_core::Undecodable;
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
    time::Duration,
};

const SECOND: TimeDelta = TimeDelta::seconds(1);

/// What the pages have shown so far.
pub(super) struct ChangeWalk {
    since: Option<DateTime<Utc>>,
    /// `since` minus the overlap.
    from: Option<DateTime<Utc>>,
    order: Order,
    first_page: Option<DateTime<Utc>>,
    newest: Option<DateTime<Utc>>,
    found: HashMap<InterventionId, Intervention>,
    undecodable: BTreeMap<Box<str>, Undecodable>,
    has_begun: bool,
}

/// The order of the times of change, as far as it was seen. No document says that the service honours the requested
/// order (`ENG-31`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// All times so far are equal.
    Unknown,
    NewestFirst,
    Other,
}

impl ChangeWalk {
    pub(super) fn new(since: Option<DateTime<Utc>>, from: Option<DateTime<Utc>>) -> Self {
        Self {
            since,
            from,
            order: Order::Unknown,
            first_page: None,
            newest: None,
            found: HashMap::new(),
            undecodable: BTreeMap::new(),
            has_begun: false,
        }
    }

    /// Adds the next page; `true` if no later page can hold a wanted row.
    pub(super) fn add(&mut self, page: Vec<Row>) -> bool {
        let mut times = Vec::with_capacity(page.len());
        for row in page {
            match row {
                Row::Decoded(one) => {
                    times.extend(one.updated_at);
                    self.keep(*one);
                }
                Row::Undecodable { row, .. } => drop(self.undecodable.insert(row.id.clone(), row)),
            }
        }
        // Every page is checked, because a few rows may happen to be sorted in a list that isn't. Pages are compared
        // with each other only while the order is unknown, because a step back leads to newer rows.
        let before = self.newest.filter(|_| self.order == Order::Unknown);
        self.order = self.order.and(Order::of(before.iter().chain(&times)));
        let newest = times.iter().max().copied();
        if !self.has_begun {
            self.first_page = newest;
        }
        self.newest = self.newest.max(newest);
        self.has_begun = true;
        self.order == Order::NewestFirst && times.last().is_some_and(|last| !self.is_wanted(Some(*last)))
    }

    fn keep(&mut self, one: Intervention) {
        let is_newest = self.found.get(&one.id).is_none_or(|known| known.updated_at <= one.updated_at);
        if is_newest && self.is_wanted(one.updated_at) {
            self.found.insert(one.id.clone(), one);
        }
    }

    fn is_wanted(&self, changed: Option<DateTime<Utc>>) -> bool {
        self.from.is_none_or(|from| changed.is_none_or(|changed| changed >= from))
    }

    /// The result, after a reading of this duration.
    pub(super) fn finish(self, duration: Duration) -> ChangedInterventions {
        let duration = TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX);
        let start = self.newest.and_then(|newest| newest.checked_sub_signed(duration)?.checked_sub_signed(SECOND));
        let mut interventions: Vec<_> = self.found.into_values().collect();
        interventions.sort_by(|a, b| (a.updated_at, &a.id).cmp(&(b.updated_at, &b.id)));
        let undecodable = self.undecodable.into_values().collect();
        // Never earlier than before: an empty list says nothing about the time.
        ChangedInterventions { interventions, undecodable, checkpoint: self.first_page.max(start).max(self.since) }
    }
}

impl Order {
    /// The order of these times.
    fn of<'a>(times: impl Iterator<Item = &'a DateTime<Utc>>) -> Self {
        let times: Vec<_> = times.collect();
        let steps = times.windows(2).map(|pair| match pair[1].cmp(pair[0]) {
            Ordering::Less => Self::NewestFirst,
            Ordering::Greater => Self::Other,
            Ordering::Equal => Self::Unknown,
        });
        steps.fold(Self::Unknown, Self::and)
    }

    /// The order of a list with parts in these two orders.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, order) | (order, Self::Unknown) => order,
            (Self::NewestFirst, Self::NewestFirst) => Self::NewestFirst,
            _ => Self::Other,
        }
    }
}
