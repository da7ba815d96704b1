//! The error of a document: what is wrong, at which byte, and the path to it.

use care_client_core::DecodeError;
use std::{borrow::Cow, fmt::Write as _};

/// The error of a text or an attribute.
pub(super) const NO_CHARACTER: &str = "a reference to no character, or a character that XML forbids";

/// The error of a text that contains a character which XML forbids.
pub(super) const FORBIDDEN: &str = "a character that XML forbids";

/// The error of a text that contains `]]>`.
pub(super) const SECTION_END: &str = "the end of a CDATA section that has not begun";

/// The error of a row or an update whose name is right and whose namespace isn't.
pub(super) const FOREIGN_ROW: &str = "it is in another namespace";

/// The error of a date.
pub(super) const NO_INSTANT: &str = "not a date and time with offset";

/// What is wrong with a document, and where.
///
/// The path has only names that this crate knows, so it can't reveal anything that was read. It is built while the
/// error is passed up, so a valid document pays nothing for it.
#[derive(Debug)]
pub(super) struct ValidationError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    malformed: bool,
    byte: u64,
    what: Cow<'static, str>,
    /// From the inside out: an element or attribute, and its index among equal elements.
    steps: Vec<(&'static str, Option<usize>)>,
}

impl ValidationError {
    /// The document is malformed at this byte: nothing after it can be trusted.
    #[cold]
    pub(super) fn malformed(byte: u64, what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(true, byte, what.into())
    }

    /// A value is missing or invalid in the element at this byte: its siblings can still be read.
    #[cold]
    pub(super) fn value(byte: u64, what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(false, byte, what.into())
    }

    fn new(malformed: bool, byte: u64, what: Cow<'static, str>) -> Self {
        Self(Box::new(Inner { malformed, byte, what, steps: Vec::new() }))
    }

    /// Whether nothing after it can be read.
    pub(super) fn is_malformed(&self) -> bool {
        self.0.malformed
    }

    /// Adds the element that the error is in, or with an `@` the attribute.
    #[cold]
    pub(super) fn within(mut self, step: &'static str) -> Self {
        self.0.steps.push((step, None));
        self
    }

    /// Adds the element that the error is in, and its index among equal elements, from 0.
    #[cold]
    pub(super) fn within_row(mut self, step: &'static str, row: usize) -> Self {
        self.0.steps.push((step, Some(row)));
        self
    }

    /// Makes the error of the document. Its path counts rows from 1, as XPath does.
    #[cold]
    pub(super) fn into_error(self) -> DecodeError {
        let Inner { byte, what, steps, .. } = *self.0;
        let mut place = String::new();
        for (step, row) in steps.iter().rev() {
            let slash = if place.is_empty() { "" } else { "/" };
            let row = row.map(|row| format!("[{}]", row + 1)).unwrap_or_default();
            // Writing to a String can't fail.
            let _ = write!(place, "{slash}{step}{row}");
        }
        let blank = if place.is_empty() { "" } else { " " };
        let _ = write!(place, "{blank}(byte {byte})");
        DecodeError::unreadable(place, what)
    }
}

#[cfg(test)]
mod tests {
    use super::ValidationError;

    #[test]
    fn the_place_is_a_path_from_the_root() {
        let error =
            ValidationError::value(1234, "no date").within("last-update-time").within_row("support-request", 16);
        let error = error.within("support-requests").into_error();
        assert_eq!(error.at(), "support-requests/support-request[17]/last-update-time (byte 1234)");
        assert_eq!(ValidationError::malformed(0, "x").into_error().at(), "(byte 0)");
    }
}
