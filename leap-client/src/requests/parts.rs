//! What the requests of this service have in common.

use crate::ids::RequestKey;
use care_client_core::{Error, RawResponse, RequestParts};
use http::{
    HeaderValue, Method, StatusCode,
    header::{ACCEPT, WWW_AUTHENTICATE},
};
use std::borrow::Cow;

const XML: HeaderValue = HeaderValue::from_static("application/xml");
const XML_UTF8: HeaderValue = HeaderValue::from_static("application/xml; charset=utf-8");

/// The service's own segment.
const REQUESTS: &str = "requests";

type Segment = Cow<'static, str>;

/// A `GET` below the service's segment.
pub(super) fn get(below: impl IntoIterator<Item = Segment>) -> RequestParts {
    wanting_xml(Method::GET, below)
}

/// A `POST` of a document below the service's segment.
pub(super) fn post_xml(below: impl IntoIterator<Item = Segment>, document: String) -> RequestParts {
    wanting_xml(Method::POST, below).body(XML_UTF8, document)
}

/// A `POST` of a form below the service's segment.
pub(super) fn post_form(below: impl IntoIterator<Item = Segment>, pair: (&str, &str)) -> RequestParts {
    wanting_xml(Method::POST, below).form([pair])
}

fn wanting_xml(method: Method, below: impl IntoIterator<Item = Segment>) -> RequestParts {
    RequestParts::new(method, std::iter::once(REQUESTS.into()).chain(below)).header(ACCEPT, XML)
}

/// The path of one request, by either of its names.
///
/// # Errors
///
/// [`Kind::Request`](crate::Kind::Request) if the name would address something else.
pub(super) fn of_request(key: &RequestKey) -> Result<Vec<Segment>, Error> {
    key.check()?;
    Ok(match key {
        RequestKey::Id(id) => vec![id.as_str().to_owned().into()],
        RequestKey::External(id) => vec!["extid".into(), id.as_str().to_owned().into()],
    })
}

/// What the statuses mean that can come from every operation, whatever the documents list for it (defect `LEAP-21`). No body of
/// an error is documented (defect `LEAP-23`), so the status is all there is to go by.
///
/// No document says in what way LEAP wants the credentials: defect `LEAP-18`.
pub(super) fn hint(refusal: &RawResponse) -> Option<Cow<'static, str>> {
    match refusal.status {
        StatusCode::UNAUTHORIZED => Some(match wanted_scheme(refusal) {
            Some(scheme) => {
                format!("the server wants {scheme} authentication: see basic_auth() and header_auth()").into()
            }
            None => "user name or password are wrong, or the login of the external system is switched off".into(),
        }),
        StatusCode::FORBIDDEN => {
            Some("the external system may lack the permission \"External Access to Support Requests\"".into())
        }
        status if status.is_redirection() => Some("see that the root is the https address of the API".into()),
        _ => None,
    }
}

/// The scheme that a 401 asks for, unless it is the one that was tried by default.
fn wanted_scheme(refusal: &RawResponse) -> Option<&str> {
    let asked = refusal.headers.get(WWW_AUTHENTICATE)?.to_str().ok()?;
    let scheme = asked.split([' ', ',']).next().filter(|scheme| !scheme.is_empty() && scheme.len() <= 20)?;
    let token = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (token && !scheme.eq_ignore_ascii_case("basic")).then_some(scheme)
}

/// What to say of a refusal of a path whose name holds a slash, which many servers refuse even when it is encoded: defect
/// `LEAP-08`.
pub(super) fn slash_hint(name: &str, refusal: &RawResponse) -> Option<Cow<'static, str>> {
    let refused = matches!(refusal.status, StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND);
    (refused && name.contains('/'))
        .then(|| "the name holds a slash: it was sent as %2F, which many servers don't take in a path".into())
}
