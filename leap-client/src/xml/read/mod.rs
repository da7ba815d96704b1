//! The documents that the service answers.

mod entity_ref;
mod page;
mod request;
mod request_ref;
mod update;

pub(crate) use page::read_page;

use super::cursor::Cursor;
use super::draft::{Draft, read};
use super::flaw::Flaw;
use super::root;
use crate::requests::{RequestRef, SupportRequest};
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
    document::<request_ref::RefDraft>(response, REF)
}

fn document<D: Draft>(response: &RawResponse, name: &'static str) -> Result<D::Value, DecodeError> {
    let (mut cursor, element) = root::open(response, name)?;
    let value = read::<D>(&element, &mut cursor).map_err(|flaw| flaw.within(name).into_error())?;
    cursor.end().map_err(Flaw::into_error)?;
    Ok(value)
}

/// The text of the current element, exactly; an empty one is none.
fn text(cursor: &mut Cursor<'_>) -> Result<Option<String>, Flaw> {
    let text = cursor.text()?;
    Ok((!text.is_empty()).then(|| text.into_owned()))
}

/// The same for what concerns a person.
fn personal(cursor: &mut Cursor<'_>) -> Result<Option<Personal<String>>, Flaw> {
    Ok(text(cursor)?.map(Personal))
}

/// The text of the current element as one of several words, without the blanks around it.
fn word<T: for<'w> From<&'w str>>(cursor: &mut Cursor<'_>) -> Result<Option<T>, Flaw> {
    let text = cursor.text()?;
    let word = text.trim_ascii();
    Ok((!word.is_empty()).then(|| T::from(word)))
}
