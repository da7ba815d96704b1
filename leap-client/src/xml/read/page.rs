use super::super::cursor::Cursor;
use super::super::draft::read;
use super::super::flaw::Flaw;
use super::super::root;
use super::request::RequestDraft;
use super::{REQUEST, REQUESTS};
use crate::requests::SupportRequest;
use care_client_core::{DecodeError, Page, RawResponse, Undecodable};
use std::hash::{DefaultHasher, Hasher};

/// Reads a list of support requests. A row that can't be read takes nothing away from the others, as long as the XML itself
/// is well-formed.
///
/// # Errors
///
/// A [stranger](DecodeError::stranger) if it is no document of LEAP's, [unreadable](DecodeError::unreadable) if its XML is
/// malformed.
pub(crate) fn read_page(response: &RawResponse) -> Result<Page<SupportRequest>, DecodeError> {
    let (mut cursor, _root) = root::open(response, REQUESTS)?;
    let page = rows(&mut cursor).map_err(|flaw| flaw.within(REQUESTS).into_error())?;
    cursor.end().map_err(Flaw::into_error)?;
    Ok(page)
}

fn rows(cursor: &mut Cursor<'_>) -> Result<Page<SupportRequest>, Flaw> {
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
            Err(flaw) => {
                let row = page.rows();
                let flaw = flaw.within_row(REQUEST, row);
                if flaw.is_malformed() {
                    return Err(flaw);
                }
                cursor.leave_to(around).map_err(|flaw| flaw.within_row(REQUEST, row))?;
                let error = flaw.within(REQUESTS).into_error();
                page.undecodable.push(Undecodable::new(row, id(cursor.since(at)), error));
            }
        }
    }
    Ok(page)
}

/// The identifier of a row that can't be read, or else a fingerprint of it.
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
