//! Reads a list row by row.

use crate::{
    requests::model::SupportRequest,
    xml::{
        cursor::{Cursor, Element},
        read::{
            REQUEST, read,
            request::RequestDraft,
            unreadable::{attribute, fingerprint},
        },
        root,
        validation_error::{FOREIGN_ROW, ValidationError},
    },
};
use care_client_core::{DecodeError, Page, RawResponse, Undecodable};

/// The root element.
const REQUESTS: &str = "support-requests";

/// Reads a list of support requests. A row that can't be read doesn't affect the others, as long as the XML is
/// well-formed.
///
/// # Errors
///
/// A [foreign response](DecodeError::foreign) if it is no document of LEAP's, [unreadable](DecodeError::unreadable) if
/// its XML is malformed.
pub(crate) fn read_page(response: &RawResponse) -> Result<Page<SupportRequest>, DecodeError> {
    let (mut cursor, _root) = root::open(response, REQUESTS)?;
    let page = rows(&mut cursor).map_err(|error| error.within(REQUESTS).into_error())?;
    cursor.end().map_err(ValidationError::into_error)?;
    Ok(page)
}

fn rows(cursor: &mut Cursor<'_>) -> Result<Page<SupportRequest>, ValidationError> {
    let mut page = Page::new(Vec::new(), Vec::new());
    let around = cursor.depth();
    while let Some(child) = cursor.child()? {
        if child.local_name() != REQUEST {
            cursor.skip()?;
            continue;
        }
        let at = cursor.at();
        match read_row(&child, cursor) {
            Ok(request) => page.items.push(request),
            Err(error) => {
                let row = page.rows();
                let error = error.within_row(REQUEST, row);
                if error.is_malformed() {
                    return Err(error);
                }
                cursor.abandon_to(around).map_err(|error| error.within_row(REQUEST, row))?;
                let error = error.within(REQUESTS).into_error();
                page.undecodable.push(Undecodable::new(row, id(cursor.since(at)), error));
            }
        }
    }
    Ok(page)
}

/// Reads a row. One in another namespace is an error, so that no request vanishes because of it.
fn read_row<'a>(row: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<SupportRequest, ValidationError> {
    if row.name().is_empty() {
        Err(ValidationError::value(cursor.at(), FOREIGN_ROW))
    } else {
        read::<RequestDraft>(row, cursor)
    }
}

/// The identifier of an unreadable row, or else a hash of the row.
#[cold]
fn id(row: &[u8]) -> Box<str> {
    attribute(row, "identifier")
        .filter(|id| !id.is_empty())
        .unwrap_or_else(|| format!("row #{:016x}", fingerprint(row)).into())
}
