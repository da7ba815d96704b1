//! Database tables.

use std::collections::BTreeMap;

/// A table of the database.
#[derive(Debug)]
pub(super) struct Table<T> {
    rows: BTreeMap<u64, T>,
    /// The ids in the order in which the database finds the rows: a changed row moves to the end.
    heap: Vec<u64>,
    last: u64,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), heap: Vec::new(), last: 0 }
    }
}

impl<T> Table<T> {
    /// Continues the ids of new rows after `last`.
    pub(super) fn count_from(&mut self, last: u64) {
        self.last = last;
    }

    /// The id of a new row.
    pub(super) fn next_id(&mut self) -> u64 {
        self.last += 1;
        while self.rows.contains_key(&self.last) {
            self.last += 1;
        }
        self.last
    }

    /// Inserts a row, or replaces the one with this id.
    pub(super) fn put(&mut self, id: u64, row: T) {
        self.heap.retain(|known| *known != id);
        self.heap.push(id);
        self.rows.insert(id, row);
    }

    /// Adds a row that `make` makes from its id, and returns the id.
    pub(super) fn add(&mut self, make: impl FnOnce(u64) -> T) -> u64 {
        let id = self.next_id();
        self.put(id, make(id));
        id
    }

    pub(super) fn get(&self, id: u64) -> Option<&T> {
        self.rows.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: u64) -> Option<&mut T> {
        self.rows.get_mut(&id)
    }

    pub(super) fn has(&self, id: u64) -> bool {
        self.rows.contains_key(&id)
    }

    /// All rows in the order of their ids.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.rows.values()
    }

    /// All rows in the order of the heap.
    pub(super) fn in_heap_order(&self) -> impl Iterator<Item = &T> {
        self.heap.iter().filter_map(|id| self.rows.get(id))
    }

    pub(super) fn remove(&mut self, id: u64) {
        self.rows.remove(&id);
        self.heap.retain(|known| *known != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_on_and_pass_those_that_are_taken() {
        let mut table = Table::default();
        table.put(3, "three");
        table.count_from(1);
        assert_eq!((table.add(|_| "two"), table.add(|_| "four")), (2, 4));
        table.remove(4);
        assert_eq!((table.add(|_| "five"), table.has(4)), (5, false));
        table.put(2, "changed");
        assert_eq!(table.iter().copied().collect::<Vec<_>>(), ["changed", "three", "five"]);
        assert_eq!(table.in_heap_order().copied().collect::<Vec<_>>(), ["three", "five", "changed"]);
    }
}
