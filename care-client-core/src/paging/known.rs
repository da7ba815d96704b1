//! The memory of a walk: the keys of the last rows read, in the list's order, with their places. For what it proves,
//! see [`walk`](super::walk).

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

/// The keys that a walk remembers, in the list's order.
///
/// They are those of the last pages read, and behind them those of rows that were read before and come after the last
/// page, if they are there still: there are such rows after a step back only.
pub(super) struct Known<K> {
    keys: Vec<K>,
    /// Where the last row of the last page stands among them.
    here: usize,
    /// How many keys up to there are kept. None behind it is dropped, for its row may come yet.
    room: usize,
    /// Whether any key was dropped.
    has_forgotten: bool,
}

/// A page that holds known rows.
pub(super) struct Found {
    /// The first known row.
    first: usize,
    /// The last known row, and the place of its key.
    last: (usize, usize),
    /// For each row, whether it is to be handed out.
    pub(super) fresh: Vec<bool>,
    /// Whether the page begins with the row that the last one ended with.
    pub(super) overlaps: bool,
}

impl<K: Eq + Hash + Clone> Known<K> {
    pub(super) fn new(room: usize) -> Self {
        Self { keys: Vec::new(), here: 0, room, has_forgotten: false }
    }

    /// Whether every row that was read is known.
    pub(super) fn has_all(&self) -> bool {
        !self.has_forgotten
    }

    /// Looks for known rows on a page. After the first of them, the unknown ones are fresh; before it, a row may be
    /// one that is forgotten.
    pub(super) fn find(&self, page: &[K]) -> Option<Found> {
        let places: HashMap<&K, usize> = self.keys.iter().enumerate().map(|(place, key)| (key, place)).collect();
        let found: Vec<Option<usize>> = page.iter().map(|key| places.get(key).copied()).collect();
        let first = found.iter().position(Option::is_some)?;
        let last = found.iter().enumerate().rev().find_map(|(row, place)| Some((row, (*place)?)))?;
        Some(Found {
            first,
            last,
            fresh: found.iter().enumerate().map(|(row, place)| row > first && place.is_none()).collect(),
            overlaps: found.first() == Some(&Some(self.here)),
        })
    }

    /// Whether a page of so many rows ends with the row that the last one ended with.
    pub(super) fn is_last(&self, found: &Found, rows: usize) -> bool {
        found.last == (rows - 1, self.here)
    }

    /// By how many rows the list has moved at the walk's place, `next`, towards the list's end.
    pub(super) fn moved(&self, found: &Found, next: u64, offset: u64, rows: usize, is_short: bool) -> i64 {
        let (row, place) = found.last;
        let now = offset.saturating_add(row as u64).cast_signed();
        let mut before = next.cast_signed() - 1;
        // Where something follows it on the page, the known rows that stood between it and the place are gone.
        if place > self.here || (row + 1 == rows && !is_short) {
            before += place as i64 - self.here as i64;
        }
        now - before
    }

    /// Remembers a page without known rows that begins the list: those that are known, if they are there still, come
    /// behind it.
    pub(super) fn begin(&mut self, page: Vec<K>) {
        self.here = page.len().saturating_sub(1);
        self.keys.splice(0..0, page);
        self.forget();
    }

    /// Remembers a page among what is known: the keys before its first known row, the page, the keys after its last.
    pub(super) fn merge(&mut self, page: Vec<K>, found: &Found) {
        let Some(first) = self.place_of(&page[found.first]) else { return };
        let on_page: HashSet<&K> = page.iter().collect();
        let kept = |keys: &[K]| keys.iter().filter(|key| !on_page.contains(key)).cloned().collect::<Vec<K>>();
        let mut keys = kept(&self.keys[..first]);
        let rest = kept(&self.keys[found.last.1.max(first) + 1..]);
        self.here = keys.len() + page.len() - 1;
        keys.extend(page);
        keys.extend(rest);
        self.keys = keys;
        self.forget();
    }

    fn place_of(&self, key: &K) -> Option<usize> {
        self.keys.iter().rposition(|known| known == key)
    }

    fn forget(&mut self) {
        let surplus = (self.here + 1).saturating_sub(self.room).min(self.keys.len());
        self.has_forgotten |= surplus > 0;
        self.keys.drain(..surplus);
        self.here -= surplus;
    }
}

#[cfg(test)]
impl<K: Eq> Known<K> {
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether any of these is known.
    pub(super) fn has_any(&self, keys: &[K]) -> bool {
        keys.iter().any(|key| self.keys.contains(key))
    }
}
