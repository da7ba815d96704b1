//! Whether a page has all rows of its window, although a server may give fewer rows than asked for.

use crate::requests::list::MAX_LIMIT;

/// What is known of the size of the server's pages.
///
/// A page that is as long as asked for may lack rows. So may a shorter one, until one further request, at the offset
/// behind it, has shown that it doesn't. From then on no page up to that size needs such a request. Once a server has
/// given fewer rows than asked for although there were more, every page does.
#[derive(Debug, Default)]
pub(super) struct PageSize {
    /// The largest page that was whole or, with a cap, that was not.
    largest: usize,
    /// Whether the server gives fewer rows than asked for.
    is_capped: bool,
}

/// Whether a page has all rows of its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// It may lack rows.
    Full,
    /// A request at the offset behind it tells.
    Unclear,
}

impl PageSize {
    pub(super) fn extent(&self, rows: usize) -> Extent {
        match rows {
            0 => Extent::Whole,
            rows if rows >= MAX_LIMIT as usize => Extent::Full,
            rows if self.is_capped && rows >= self.largest => Extent::Full,
            rows if !self.is_capped && rows <= self.largest => Extent::Whole,
            _ => Extent::Unclear,
        }
    }

    /// Takes note that an unclear page was whole, or not.
    pub(super) fn learn(&mut self, rows: usize, is_whole: bool) {
        if !is_whole && !self.is_capped {
            *self = Self { largest: 0, is_capped: true };
        }
        if is_whole != self.is_capped {
            self.largest = self.largest.max(rows);
        }
    }

    /// How many rows a page can have.
    pub(super) fn most(&self) -> usize {
        if self.is_capped { self.largest } else { MAX_LIMIT as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_page_is_whole_once_one_of_its_size_was() {
        let mut size = PageSize::default();
        assert_eq!(
            [0, 1, 99, 100].map(|rows| size.extent(rows)),
            [Extent::Whole, Extent::Unclear, Extent::Unclear, Extent::Full]
        );
        size.learn(40, true);
        assert_eq!(
            [0, 40, 41, 100].map(|rows| size.extent(rows)),
            [Extent::Whole, Extent::Whole, Extent::Unclear, Extent::Full]
        );
    }

    #[test]
    fn where_pages_are_cut_every_short_page_is_unclear() {
        let mut size = PageSize::default();
        size.learn(40, true);
        size.learn(50, false);
        assert_eq!(
            (size.most(), [0, 1, 49, 50, 51].map(|rows| size.extent(rows))),
            (50, [Extent::Whole, Extent::Unclear, Extent::Unclear, Extent::Full, Extent::Full])
        );
        // Another cap.
        size.learn(30, false);
        size.learn(45, true);
        assert_eq!((size.most(), size.extent(45)), (50, Extent::Unclear));
    }
}
