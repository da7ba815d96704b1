//! One list response. A row that can't be read hides no other: it is kept in its place, with the reason.

use crate::{
    error::{DecodeError, Error},
    operation::Operation,
};
use std::{iter::Peekable, vec};

/// One list response: its items, and what of it could not be read.
///
/// A row that can't be read takes nothing away from the others: the page has the rest, and says which one it was and
/// why.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items that could be read, in the list's order.
    pub items: Vec<T>,
    /// The rows that could not, in the list's order.
    pub undecodable: Vec<Undecodable>,
    /// How many rows the whole list has, by the server's own count when it made the page; `None` where it doesn't tell.
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// Makes a page of what was read and what could not be, both in the list's order.
    #[must_use]
    pub fn new(items: Vec<T>, undecodable: Vec<Undecodable>) -> Self {
        Self { items, undecodable, total: None }
    }

    /// Says how many rows the whole list has, for decoders of lists whose server counts them.
    #[must_use]
    pub fn with_total(mut self, total: Option<u64>) -> Self {
        self.total = total;
        self
    }

    /// How many rows the server sent: items and undecodable ones.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.items.len() + self.undecodable.len()
    }
}

/// A row of a list that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Undecodable {
    /// Its row in the server's page, beginning with 0; undecodable rows count as rows.
    pub index: usize,
    /// The item's id where that could be read, otherwise a fingerprint of the row, which holds nothing of its content.
    pub id: Box<str>,
    /// What is wrong with it, and where.
    pub error: DecodeError,
}

impl Undecodable {
    /// Makes one, for decoders of lists.
    pub fn new(index: usize, id: impl Into<Box<str>>, error: DecodeError) -> Self {
        Self { index, id: id.into(), error }
    }

    /// The error of this row, for a workflow over the operation that listed it: kind [`Decode`](crate::Kind::Decode).
    #[must_use]
    pub fn into_error(self, operation: &'static Operation) -> Error {
        Error::decode(self.error.to_string()).in_operation(operation)
    }
}

/// The rows in the list's order, each of them an item or what is known of it.
impl<T> IntoIterator for Page<T> {
    type Item = Result<T, Undecodable>;
    type IntoIter = Rows<T>;

    fn into_iter(self) -> Rows<T> {
        Rows { row: 0, items: self.items.into_iter(), undecodable: self.undecodable.into_iter().peekable() }
    }
}

/// The rows of a [`Page`] in their order.
#[derive(Debug)]
pub struct Rows<T> {
    row: usize,
    items: vec::IntoIter<T>,
    undecodable: Peekable<vec::IntoIter<Undecodable>>,
}

impl<T> Iterator for Rows<T> {
    type Item = Result<T, Undecodable>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.row;
        self.row += 1;
        match self.undecodable.next_if(|undecodable| undecodable.index <= row) {
            Some(undecodable) => Some(Err(undecodable)),
            None => self.items.next().map(Ok).or_else(|| self.undecodable.next().map(Err)),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.items.len() + self.undecodable.len();
        (left, Some(left))
    }
}

impl<T> ExactSizeIterator for Rows<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(items: &[&'static str], undecodable: &[usize]) -> Vec<Result<&'static str, usize>> {
        let error = || DecodeError::unreadable("", "no item");
        let undecodable = undecodable.iter().map(|row| Undecodable::new(*row, "", error())).collect();
        let page = Page::new(items.to_vec(), undecodable);
        let rows = page.rows();
        let iterator = page.into_iter();
        assert_eq!((iterator.len(), rows), (rows, rows));
        iterator.map(|row| row.map_err(|undecodable| undecodable.index)).collect()
    }

    #[test]
    fn rows_come_in_the_order_in_which_the_server_sent_them() {
        assert_eq!(rows(&["a", "b", "c"], &[]), [Ok("a"), Ok("b"), Ok("c")]);
        assert_eq!(rows(&["b", "d"], &[0, 2, 4]), [Err(0), Ok("b"), Err(2), Ok("d"), Err(4)]);
        assert_eq!(rows(&[], &[0, 1]), [Err(0), Err(1)]);
    }

    #[test]
    fn a_row_with_a_wrong_number_is_not_lost() {
        assert_eq!(rows(&["a"], &[7, 7]), [Ok("a"), Err(7), Err(7)]);
        assert_eq!(rows(&["a"], &[0, 0]), [Err(0), Err(0), Ok("a")]);
    }
}
