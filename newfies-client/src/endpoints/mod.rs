//! The six operations of every resource, each written once for all of them.
//!
//! Nothing here names a resource: path, rows, payloads, operation names and hints come from the traits of
//! [`resource`](crate::resource).

mod hint;
mod list;
mod read;
mod write;

pub use list::List;
pub use read::{Get, ListAll};
pub use write::{Create, Delete, Replace, Update};

pub(crate) use hint::{hint, hint_or, own_links, rejects_only};

use crate::{
    payload::Payload,
    resource::{Listed, Nested, Resource, Row},
    time::Zone,
    wire::refuse_error,
};
use care_client_core::{DecodeError, Error, RawResponse, RequestParts};
use http::{
    HeaderValue, Method,
    header::{ACCEPT, ACCEPT_LANGUAGE},
};

/// A request to this server. Its path ends in a slash, without which the server answers 301 (defect `NEWF-49`), and it
/// asks for messages in English (defect `NEWF-33`).
fn parts<const N: usize>(method: Method, path: [String; N]) -> RequestParts {
    // NEWF-49, NEWF-33
    RequestParts::new(method, path)
        .trailing_slash()
        .header(ACCEPT, HeaderValue::from_static("application/json"))
        .header(ACCEPT_LANGUAGE, HeaderValue::from_static("en"))
}

/// A request for the whole collection.
pub(crate) fn collection<L: Listed>(method: Method) -> RequestParts {
    parts(method, [L::COLLECTION.to_owned()])
}

/// A request for one row.
fn one<R: Resource>(method: Method, id: &R::Id) -> RequestParts {
    parts(method, [R::COLLECTION.to_owned(), id.to_string()])
}

/// A request for an operation below one row's path. `id` isn't always the row's: see `NEWF-07`.
pub(crate) fn nested<R: Resource>(method: Method, id: impl ToString, operation: &Nested) -> RequestParts {
    parts(method, [R::COLLECTION.to_owned(), id.to_string(), operation.segment.to_owned()])
}

/// The same request with a body.
fn with_body(parts: RequestParts, payload: &impl Payload, zone: &Zone) -> Result<RequestParts, Error> {
    payload.check()?;
    let mut body = payload.body().clone();
    body.place(zone);
    parts.json(&body)
}

/// Reads the row that was asked for.
///
/// # Errors
///
/// Those of [`row`], and [foreign](DecodeError::foreign) if it is another row.
fn same_row<R: Resource>(response: &RawResponse, zone: &Zone, id: &R::Id) -> Result<R, DecodeError> {
    let row: R = row(response, zone)?;
    if row.is_about(id) { Ok(row) } else { Err(DecodeError::foreign("the answer is about another row than requested")) }
}

/// Reads one row from the body alone: content types differ from server to server (defect `NEWF-19`).
pub(crate) fn row<R: Row>(response: &RawResponse, zone: &Zone) -> Result<R, DecodeError> {
    refuse_error(response)?;
    let mut row: R = response.json()?;
    row.place(zone);
    Ok(row)
}
