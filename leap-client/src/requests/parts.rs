//! What the HTTP requests of this service have in common.

use crate::ids::RequestKey;
use care_client_core::{Error, RawResponse, RequestParts};
use http::{
    HeaderValue, Method, StatusCode,
    header::{ACCEPT, WWW_AUTHENTICATE},
};
use std::borrow::Cow;

const XML: HeaderValue = HeaderValue::from_static("application/xml");
const XML_UTF8: HeaderValue = HeaderValue::from_static("application/xml; charset=utf-8");

/// The first path segment.
const REQUESTS: &str = "requests";

type Segment = Cow<'static, str>;

/// A `GET` below `requests`.
pub(super) fn get(below: impl IntoIterator<Item = Segment>) -> RequestParts {
    wanting_xml(Method::GET, below)
}

/// A `POST` of an XML document below `requests`.
pub(super) fn post_xml(below: impl IntoIterator<Item = Segment>, document: String) -> RequestParts {
    wanting_xml(Method::POST, below).body(XML_UTF8, document)
}

/// A `POST` of a form below `requests`.
pub(super) fn post_form(below: impl IntoIterator<Item = Segment>, pair: (&str, &str)) -> RequestParts {
    wanting_xml(Method::POST, below).form([pair])
}

fn wanting_xml(method: Method, below: impl IntoIterator<Item = Segment>) -> RequestParts {
    RequestParts::new(method, std::iter::once(REQUESTS.into()).chain(below)).header(ACCEPT, XML)
}

/// The path of one support request, by either of its identifiers.
///
/// # Errors
///
/// [`Kind::Request`](crate::Kind::Request) if the identifier would address something else.
pub(super) fn of_request(key: &RequestKey) -> Result<Vec<Segment>, Error> {
    key.check()?;
    Ok(match key {
        RequestKey::Id(id) => vec![id.as_str().to_owned().into()],
        RequestKey::External(id) => vec!["extid".into(), id.as_str().to_owned().into()],
    })
}

/// The meaning of the statuses that any operation can return, whether or not the documents list them for it (defect
/// `LEAP-21`). It comes from the status alone, because no error body is documented (defect `LEAP-23`). Neither is an
/// authentication scheme (defect `LEAP-18`).
pub(super) fn hint(refusal: &RawResponse) -> Option<Cow<'static, str>> {
    match refusal.status {
        StatusCode::UNAUTHORIZED => Some(match wanted_scheme(refusal) {
            Some(scheme) => {
                format!("the server wants {scheme} authentication: see basic_auth() and header_auth()").into()
            }
            None => "the user name or the password is wrong, or the external system's login is disabled".into(),
        }),
        StatusCode::FORBIDDEN => {
            Some("the external system may lack the permission \"External Access to Support Requests\"".into())
        }
        status if status.is_redirection() => Some("check that the base URL is the https address of the API".into()),
        _ => None,
    }
}

/// The authentication scheme that a 401 asks for, unless it is basic.
fn wanted_scheme(refusal: &RawResponse) -> Option<&str> {
    let asked = refusal.headers.get(WWW_AUTHENTICATE)?.to_str().ok()?;
    let scheme = asked.split([' ', ',']).next().filter(|scheme| !scheme.is_empty() && scheme.len() <= 20)?;
    let token = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (token && !scheme.eq_ignore_ascii_case("basic")).then_some(scheme)
}

/// The hint for a refusal of a path whose identifier contains a slash: many servers refuse it even encoded (defect
/// `LEAP-08`).
pub(super) fn slash_hint(name: &str, refusal: &RawResponse) -> Option<Cow<'static, str>> {
    let refused = matches!(refusal.status, StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND);
    (refused && name.contains('/'))
        .then(|| "the identifier contains a slash, which was sent as %2F: many servers reject that in a path".into())
}
