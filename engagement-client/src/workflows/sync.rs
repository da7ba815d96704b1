//! What a walk over the list by time of change comes to, without I/O.
//!
//! **Why no change is lost.** A change after the first page was made has a time that is not before any time on that page, for
//! the service stamps it later. So the newest time of the first page is a checkpoint that nothing unread lies before: whatever
//! the walk misses, since it moved ahead of it, changed after that. This holds in any order. In a list whose newest come last,
//! a change moves its row to where the walk comes to, so the newest time of all is one, too, and the better one.

use super::Synced;
use crate::{Intervention, InterventionId};
use care_client_core::{Page, Undecodable};
use chrono::{DateTime, Utc};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
};

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

/// The order of the times of change, as far as it was seen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// All times so far are the same.
    Unknown,
    NewestFirst,
    OldestFirst,
    None,
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
    pub(super) fn take(&mut self, page: Page<Intervention>) -> bool {
        let times: Vec<_> = page.items.iter().filter_map(|one| one.updated_at).collect();
        if self.order == Order::Unknown {
            self.order = order_of(self.newest.as_slice().iter().chain(&times));
        }
        let newest = times.iter().max().copied();
        if !self.is_begun {
            self.first_page = newest;
        }
        self.newest = self.newest.max(newest);
        self.is_begun = true;
        self.undecodable.extend(page.undecodable.into_iter().map(|row| (row.id.clone(), row)));
        for one in page.items {
            if self.is_wanted(one.updated_at)
                && self.found.get(&one.id).is_none_or(|known| known.updated_at <= one.updated_at)
            {
                self.found.insert(one.id.clone(), one);
            }
        }
        self.order == Order::NewestFirst && times.last().is_some_and(|last| !self.is_wanted(Some(*last)))
    }

    fn is_wanted(&self, changed: Option<DateTime<Utc>>) -> bool {
        self.from.is_none_or(|from| changed.is_none_or(|changed| changed >= from))
    }

    pub(super) fn end(self) -> Synced {
        let seen = if self.order == Order::OldestFirst { self.newest } else { self.first_page };
        let mut interventions: Vec<_> = self.found.into_values().collect();
        interventions.sort_by(|a, b| (a.updated_at, &a.id).cmp(&(b.updated_at, &b.id)));
        let undecodable = self.undecodable.into_values().collect();
        // Never back: a list that has become empty says nothing about the time.
        Synced { interventions, undecodable, checkpoint: seen.max(self.since) }
    }
}

/// The order of a page's times.
fn order_of<'a>(times: impl Iterator<Item = &'a DateTime<Utc>>) -> Order {
    let times: Vec<_> = times.collect();
    let mut order = Order::Unknown;
    for pair in times.windows(2) {
        let step = match pair[1].cmp(pair[0]) {
            Ordering::Less => Order::NewestFirst,
            Ordering::Greater => Order::OldestFirst,
            Ordering::Equal => continue,
        };
        if order != Order::Unknown && order != step {
            return Order::None;
        }
        order = step;
    }
    order
}
