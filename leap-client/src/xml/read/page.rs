//! Reads a list row by row.

use crate::{
    requests::model::SupportRequest,
    xml::{
        cursor::Cursor,
        read::{
            read,
            request::{REQUEST, RequestDraft},
        },
        root,
        validation_error::ValidationError,
    },
};
use care_client_core::{DecodeError, Page, RawResponse, Undecodable};
use std::hash::{DefaultHasher, Hasher};

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
        if child.name() != REQUEST {
            cursor.skip()?;
            continue;
        }
        let at = cursor.at();
        match read::<RequestDraft>(&child, cursor) {
            Ok(request) => page.items.push(request),
            Err(error) => {
                let row = page.rows();
                let error = error.within_row(REQUEST, row);
                if error.is_malformed() {
                    return Err(error);
                }
                cursor.leave_to(around).map_err(|error| error.within_row(REQUEST, row))?;
                let error = error.within(REQUESTS).into_error();
                page.undecodable.push(Undecodable::new(row, id(cursor.since(at)), error));
            }
        }
    }
    Ok(page)
}

/// The identifier of an unreadable row, or else a hash of the row.
#[cold]
fn id(row: &[u8]) -> Box<str> {
    identifier(row).unwrap_or_else(|| {
        let mut hasher = DefaultHasher::new();
        hasher.write(row);
        format!("row #{:016x}", hasher.finish()).into()
    })
}

fn identifier(row: &[u8]) -> Option<Box<str>> {
    let mut cursor = Cursor::new(row);
    let element = cursor.child().ok()??;
    let identifier = cursor.attributes(&element).find(|attribute| attribute.name == "identifier")?;
    identifier.text().ok()?
}
