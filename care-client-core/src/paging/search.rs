//! Where a walk by offsets looks for a row that it knows, once a page shows none: see [`walk`](super::walk) for when
//! such a search is sure to succeed. Ten looks at most.

/// Where a search looks, one after the other, seen from the place where the walk was: in steps of a page less one row.
///
/// To the left first, for rows pushed to the right show on the page that the search begins with. The steps get
/// longer, for a list that loses rows runs away from short ones, and come back, for by then it may have moved the
/// other way.
const LOOKS: [i64; 10] = [-1, -2, -4, -2, 0, -3, -6, -1, 1, 3];

/// A search for known rows around the place where a walk was.
pub(super) struct Search {
    place: u64,
    step: u64,
    looks: usize,
    offset: u64,
}

impl Search {
    /// Begins a search with pages of `limit` rows, the walk having looked at `place` already.
    pub(super) fn new(place: u64, limit: u64) -> Self {
        Self { place, step: limit.saturating_sub(1).max(1), looks: 0, offset: place }
    }

    /// Where to look now.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Goes on to the next place to look at; `false` if there is none left.
    pub(super) fn advance(&mut self) -> bool {
        let before = self.offset;
        while let Some(look) = LOOKS.get(self.looks) {
            self.looks += 1;
            let way = self.step.saturating_mul(look.unsigned_abs());
            self.offset = if *look < 0 { self.place.saturating_sub(way) } else { self.place.saturating_add(way) };
            // Near the list's beginning, several looks to the left are the same.
            if self.offset != before {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(place: u64, limit: u64) -> Vec<u64> {
        let mut search = Search::new(place, limit);
        let mut looks = Vec::new();
        while search.advance() {
            looks.push(search.offset());
        }
        looks
    }

    #[test]
    fn it_looks_back_by_a_page_less_one_row_first_and_ends_after_ten_looks() {
        assert_eq!(looks(99, 11), [89, 79, 59, 79, 99, 69, 39, 89, 109, 129]);
    }

    #[test]
    fn at_the_beginning_it_does_not_look_twice_at_the_same_place_in_a_row() {
        assert_eq!(looks(10, 11), [0, 10, 0, 20, 40]);
        assert_eq!(looks(0, 2), [1, 3]);
    }
}
