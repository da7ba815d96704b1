//! The documents that the service answers.

mod page;
mod references;
mod request;

pub(crate) use page::read_page;

use crate::{
    requests::model::{RequestRef, SupportRequest},
    xml::{
        attributes::Attribute,
        cursor::{Cursor, Element},
        root,
        validation_error::ValidationError,
    },
};
use care_client_core::{DecodeError, Personal, RawResponse};

/// The names of the root elements.
const REQUEST: &str = "support-request";
const REQUESTS: &str = "support-requests";
const REF: &str = "ref";

/// Reads the answer for one support request.
///
/// # Errors
///
/// A [stranger](DecodeError::stranger) if it is no document of LEAP's, [unreadable](DecodeError::unreadable) with the place if
/// something in it is missing or wrong.
pub(crate) fn read_request(response: &RawResponse) -> Result<SupportRequest, DecodeError> {
    document::<request::RequestDraft>(response, REQUEST)
}

/// Reads the answer to a new external id.
///
/// # Errors
///
/// As [`read_request`].
pub(crate) fn read_ref(response: &RawResponse) -> Result<RequestRef, DecodeError> {
    document::<references::RefDraft>(response, REF)
}

fn document<D: Draft>(response: &RawResponse, name: &'static str) -> Result<D::Value, DecodeError> {
    let (mut cursor, element) = root::open(response, name)?;
    let value = read::<D>(&element, &mut cursor).map_err(|error| error.within(name).into_error())?;
    cursor.end().map_err(ValidationError::into_error)?;
    Ok(value)
}

/// The text of the current element, exactly; an empty one is none.
fn text(cursor: &mut Cursor<'_>) -> Result<Option<String>, ValidationError> {
    let text = cursor.text()?;
    Ok((!text.is_empty()).then(|| text.into_owned()))
}

/// The same for what concerns a person.
fn personal(cursor: &mut Cursor<'_>) -> Result<Option<Personal<String>>, ValidationError> {
    Ok(text(cursor)?.map(Personal))
}

/// The text of the current element as one of several words, without the blanks around it.
fn word<T: for<'w> From<&'w str>>(cursor: &mut Cursor<'_>) -> Result<Option<T>, ValidationError> {
    let text = cursor.text()?;
    let word = text.trim_ascii();
    Ok((!word.is_empty()).then(|| T::from(word)))
}

/// A value that is pieced together from an element's attributes and children.
pub(super) trait Draft: Default {
    /// What it becomes.
    type Value;

    /// The names that it knows, those of attributes with an `@` before them: what an error may name.
    const NAMES: &'static [&'static str];

    /// Takes an attribute, or leaves it.
    fn attribute(&mut self, attribute: &Attribute<'_>) -> Result<(), ValidationError>;

    /// Takes a child, or [skips](Cursor::skip) it.
    fn child<'a>(&mut self, child: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<(), ValidationError>;

    /// The value, if all is there. `at` is where its element begins.
    fn finish(self, at: u64) -> Result<Self::Value, ValidationError>;
}

/// Reads the element that was entered last, and goes out of it.
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

/// Names the part of the element, if the draft knows it: a name that it doesn't may hold anything.
#[cold]
fn within<D: Draft>(error: ValidationError, is_it: impl Fn(&str) -> bool) -> ValidationError {
    match D::NAMES.iter().find(|known| is_it(known)) {
        Some(known) => error.within(known),
        None => error,
    }
}

/// The error of an element without this part.
#[cold]
pub(super) fn missing(at: u64, part: &'static str) -> ValidationError {
    ValidationError::value(at, "it is missing").within(part)
}
