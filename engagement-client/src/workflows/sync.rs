//! What a walk over the list by time of change comes to, without I/O.
//!
//! **Why no change is lost.** A walk may miss a change that was made after it began: the row moved ahead of the walk, or to where
//! the walk had been, or changed twice in one second. So a checkpoint must not lie after the walk's beginning. There are two such
//! times, in whatever order the list stands. One is the newest on the first page, for the service stamps what comes later with
//! a later time. The other lies as much before the newest of all as the walk took: that one is no later than the walk's end. A
//! second more makes up for times that are cut to seconds. In a list whose newest come first, the first one is the better; where
//! they come last, it would never move on.

use super::{Synced, by_change::Row};
use crate::{Intervention, InterventionId};
use care_client_core::Undecodable;
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
    time::Duration,
};

const SECOND: TimeDelta = TimeDelta::seconds(1);

pub(super) struct Sync {
    since: Option<DateTime<Utc>>,
    /// With the overlap.
    from: Option<DateTime<Utc>>,
    order: Order,
    first_page: Option<DateTime<Utc>>,
    newest: Option<DateTime<Utc>>,
    found: HashMap<InterventionId, Intervention>,
    undecodable: BTreeMap<Box<str>, Undecodable>,
    is_begun: bool,
}

/// The order of the times of change, as far as it was seen: no document says that the service sorts as it is asked to (ENG-31).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// All times so far are the same.
    Unknown,
    NewestFirst,
    Another,
}

impl Sync {
    pub(super) fn new(since: Option<DateTime<Utc>>, from: Option<DateTime<Utc>>) -> Self {
        Self {
            since,
            from,
            order: Order::Unknown,
            first_page: None,
            newest: None,
            found: HashMap::new(),
            undecodable: BTreeMap::new(),
            is_begun: false,
        }
    }

    /// Takes the next page of the walk; `true` if nothing that is wanted can follow.
    pub(super) fn take(&mut self, page: Vec<Row>) -> bool {
        let mut times = Vec::with_capacity(page.len());
        for row in page {
            match row {
                Row::Read(one) => {
                    times.extend(one.updated_at);
                    self.keep(*one);
                }
                Row::Unread { row, .. } => drop(self.undecodable.insert(row.id.clone(), row)),
            }
        }
        // Each page is looked at, for some rows may stand in an order that the list doesn't have. Pages aren't compared with
        // each other but while nothing is known: a walk that steps back comes to newer rows.
        let before = self.newest.filter(|_| self.order == Order::Unknown);
        self.order = self.order.and(Order::of(before.iter().chain(&times)));
        let newest = times.iter().max().copied();
        if !self.is_begun {
            self.first_page = newest;
        }
        self.newest = self.newest.max(newest);
        self.is_begun = true;
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

    /// Ends a walk that took this long.
    pub(super) fn end(self, took: Duration) -> Synced {
        let took = TimeDelta::from_std(took).unwrap_or(TimeDelta::MAX);
        let begin = self.newest.and_then(|newest| newest.checked_sub_signed(took)?.checked_sub_signed(SECOND));
        let mut interventions: Vec<_> = self.found.into_values().collect();
        interventions.sort_by(|a, b| (a.updated_at, &a.id).cmp(&(b.updated_at, &b.id)));
        let undecodable = self.undecodable.into_values().collect();
        // Never back: a list that has become empty says nothing about the time.
        Synced { interventions, undecodable, checkpoint: self.first_page.max(begin).max(self.since) }
    }
}

impl Order {
    /// The order of these times.
    fn of<'a>(times: impl Iterator<Item = &'a DateTime<Utc>>) -> Self {
        let times: Vec<_> = times.collect();
        let steps = times.windows(2).map(|pair| match pair[1].cmp(pair[0]) {
            Ordering::Less => Self::NewestFirst,
            Ordering::Greater => Self::Another,
            Ordering::Equal => Self::Unknown,
        });
        steps.fold(Self::Unknown, Self::and)
    }

    /// The order of a list that has parts in these two.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, order) | (order, Self::Unknown) => order,
            (Self::NewestFirst, Self::NewestFirst) => Self::NewestFirst,
            _ => Self::Another,
        }
    }
}
