//! Whether a page has all rows of its window, although a server may give fewer rows than asked for.

use crate::requests::list::MAX_LIMIT;

/// What is known of the size of the server's pages.
///
/// A page that is as long as asked for may lack rows. So may any shorter one that isn't empty: a server can cut pages by
/// their bytes, or by less than a moment ago. One further request, at the offset behind the page, tells. A page as long
/// as the largest that was cut is cut, too.
#[derive(Debug, Default)]
pub(super) struct PageSize {
    /// The largest page that was cut.
    cut: Option<usize>,
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
            rows if rows >= self.most() => Extent::Full,
            _ => Extent::Unclear,
        }
    }

    /// Takes note that an unclear page was whole, or not.
    pub(super) fn learn(&mut self, rows: usize, is_whole: bool) {
        if !is_whole {
            self.cut = self.cut.max(Some(rows));
        }
    }

    /// How many rows a page can have.
    pub(super) fn most(&self) -> usize {
        self.cut.unwrap_or(MAX_LIMIT as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_that_is_neither_empty_nor_full_is_unclear() {
        let mut size = PageSize::default();
        let extents = |size: &PageSize| [0, 1, 49, 50, 99, 100].map(|rows| size.extent(rows));
        use Extent::{Full, Unclear, Whole};
        assert_eq!(extents(&size), [Whole, Unclear, Unclear, Unclear, Unclear, Full]);
        size.learn(40, true);
        assert_eq!(extents(&size), [Whole, Unclear, Unclear, Unclear, Unclear, Full]);
        size.learn(50, false);
        size.learn(30, false);
        assert_eq!((size.most(), extents(&size)), (50, [Whole, Unclear, Unclear, Full, Full, Full]));
    }
}
