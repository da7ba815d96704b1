//! Reads LEAP's answers. A [`Draft`] collects the parts of one element; what is missing shows when it is finished.

mod page;
mod references;
mod request;
mod unreadable;
mod updates;

pub(crate) use page::read_page;
pub(crate) use references::read_ref;
pub(crate) use request::read_request;

use crate::xml::{
    attributes::Attribute,
    cursor::{Cursor, Element},
    root,
    validation_error::ValidationError,
};
use care_client_core::{DecodeError, Personal, RawResponse};

/// The element of one support request: a root, or a row.
const REQUEST: &str = "support-request";

/// Reads a document with this root element.
fn document<D: Draft>(response: &RawResponse, name: &'static str) -> Result<D::Value, DecodeError> {
    let (mut cursor, element) = root::open(response, name)?;
    let value = read::<D>(&element, &mut cursor).map_err(|error| error.within(name).into_error())?;
    cursor.end().map_err(ValidationError::into_error)?;
    Ok(value)
}

/// The exact text of the current element; `None` if it is empty.
fn text(cursor: &mut Cursor<'_>) -> Result<Option<String>, ValidationError> {
    let text = cursor.text()?;
    Ok((!text.is_empty()).then(|| text.into_owned()))
}

/// The same for personal data.
fn personal(cursor: &mut Cursor<'_>) -> Result<Option<Personal<String>>, ValidationError> {
    Ok(text(cursor)?.map(Personal))
}

/// The trimmed text of the current element as a word; `None` if it is empty.
fn word<T: for<'w> From<&'w str>>(cursor: &mut Cursor<'_>) -> Result<Option<T>, ValidationError> {
    let text = cursor.text()?;
    let word = text.trim_ascii();
    Ok((!word.is_empty()).then(|| T::from(word)))
}

/// A value that is built from an element's attributes and children.
pub(super) trait Draft: Default {
    /// The finished value.
    type Value;

    /// The names that errors may show; those of attributes begin with `@`.
    const NAMES: &'static [&'static str];

    /// Reads an attribute, or ignores it.
    fn attribute(&mut self, attribute: &Attribute<'_>) -> Result<(), ValidationError>;

    /// Reads a child, or [skips](Cursor::skip) it.
    fn child<'a>(&mut self, child: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<(), ValidationError>;

    /// Returns the value if it is complete. `at` is the start of its element.
    fn finish(self, at: u64) -> Result<Self::Value, ValidationError>;
}

/// Reads the element that was entered last, and leaves it.
pub(super) fn read<'a, D: Draft>(element: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<D::Value, ValidationError> {
    let at = cursor.at();
    let mut draft = D::default();
    for attribute in cursor.attributes(element) {
        draft
            .attribute(&attribute)
            .map_err(|error| within::<D>(error, |known| known.strip_prefix('@') == Some(attribute.name)))?;
    }
    while let Some(child) = cursor.child()? {
        draft.child(&child, cursor).map_err(|error| within::<D>(error, |known| known == child.name()))?;
    }
    draft.finish(at)
}

/// Adds the part of the element to the error if the draft knows its name: an unknown name may be any text.
#[cold]
fn within<D: Draft>(error: ValidationError, is_it: impl Fn(&str) -> bool) -> ValidationError {
    match D::NAMES.iter().find(|known| is_it(known)) {
        Some(known) => error.within(known),
        None => error,
    }
}

/// The error of an element that lacks this part.
#[cold]
pub(super) fn missing(at: u64, part: &'static str) -> ValidationError {
    ValidationError::value(at, "it is missing").within(part)
}
