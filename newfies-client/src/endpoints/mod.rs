//! The six operations that every resource has, each once for all of them.

mod create;
mod delete;
mod get;
mod hint;
mod list;
mod list_all;
mod replace;
mod update;

pub use create::Create;
pub use delete::Delete;
pub use get::Get;
pub use list::List;
pub use list_all::ListAll;
pub use replace::Replace;
pub use update::Update;

pub(crate) use hint::{hint, of_status, own_of_500, write_hint};
pub(crate) use list::Envelope;

use crate::{
    resource::{Payload, Row},
    time::Zone,
    wire::refuse_error,
};
use care_client_core::{DecodeError, Error, RawResponse, RequestParts};
use http::{
    HeaderValue, Method,
    header::{ACCEPT, ACCEPT_LANGUAGE},
};

/// A request to this server: its paths end in a slash, or it answers 301 (defect `NEWF-49`), and its words are wanted in
/// English (defect `NEWF-33`).
pub(crate) fn parts<S: Into<std::borrow::Cow<'static, str>>>(
    method: Method,
    path: impl IntoIterator<Item = S>,
) -> RequestParts {
    // NEWF-49, NEWF-33
    RequestParts::new(method, path)
        .trailing_slash()
        .header(ACCEPT, HeaderValue::from_static("application/json"))
        .header(ACCEPT_LANGUAGE, HeaderValue::from_static("en"))
}

/// The same with a body.
pub(crate) fn with_body(parts: RequestParts, payload: &impl Payload, zone: &Zone) -> Result<RequestParts, Error> {
    payload.check()?;
    let mut body = payload.body().clone();
    body.place(zone);
    parts.json(&body)
}

/// Reads one row, by the body alone: what the content type says of it differs (defect `NEWF-19`).
pub(crate) fn row<R: Row>(response: &RawResponse, zone: &Zone) -> Result<R, DecodeError> {
    refuse_error(response)?;
    let mut row: R = response.json()?;
    row.place(zone);
    Ok(row)
}
