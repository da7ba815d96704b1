use care_client_core::DecodeError;
use std::{borrow::Cow, fmt::Write as _};

/// What is wrong with a text or an attribute.
pub(super) const NO_CHARACTER: &str = "a reference that stands for no character";

/// What is wrong with a date.
pub(super) const NO_INSTANT: &str = "no date and time with offset";

/// What is wrong with a document, and where.
///
/// The place is made of this crate's own words only, so it can't hold anything that was read. It is pieced together on the way
/// out, which costs nothing as long as all is well.
#[derive(Debug)]
pub(super) struct ValidationError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    malformed: bool,
    byte: u64,
    what: Cow<'static, str>,
    /// From the inside out: an element or attribute, and which of several.
    steps: Vec<(&'static str, Option<usize>)>,
}

impl ValidationError {
    /// The document is no XML from the byte on: nothing that follows can be trusted.
    #[cold]
    pub(super) fn malformed(byte: u64, what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(true, byte, what.into())
    }

    /// A value is missing or wrong in what begins at the byte: what stands beside it can still be read.
    #[cold]
    pub(super) fn value(byte: u64, what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(false, byte, what.into())
    }

    fn new(malformed: bool, byte: u64, what: Cow<'static, str>) -> Self {
        Self(Box::new(Inner { malformed, byte, what, steps: Vec::new() }))
    }

    /// Whether reading can't go on behind it.
    pub(super) fn is_malformed(&self) -> bool {
        self.0.malformed
    }

    /// It is in this element, or this attribute of it if it begins with `@`.
    #[cold]
    pub(super) fn within(mut self, step: &'static str) -> Self {
        self.0.steps.push((step, None));
        self
    }

    /// It is in this one of several equal elements, counted from 0.
    #[cold]
    pub(super) fn within_row(mut self, step: &'static str, row: usize) -> Self {
        self.0.steps.push((step, Some(row)));
        self
    }

    /// The error of the document. Rows are counted from 1 in it, as in XPath.
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
