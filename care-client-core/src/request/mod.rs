//! What an endpoint sends, as a plain value: no I/O, no host, no credentials. So endpoints are tested by comparing
//! values, and a request can't be sent to another server.

pub(crate) mod origin;

use crate::error::Error;
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method,
    header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING, USER_AGENT},
};
use serde::Serialize;
use std::{borrow::Cow, fmt, sync::LazyLock};
use url::form_urlencoded;

pub(crate) type Text = Cow<'static, str>;

/// The headers of nearly all requests.
static WANTING_JSON: LazyLock<HeaderMap> =
    LazyLock::new(|| HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]));

/// What an endpoint sends: method, path segments below the client's base, query, headers and body. No I/O, no host
/// and no credentials, so that it can be compared in tests and sent to no other server.
///
/// ```
/// use care_client_core::RequestParts;
///
/// let parts = RequestParts::get(["callouts", "570"]).query("shouldIncludeEvents", "true");
/// assert_eq!(parts.path(), ["callouts", "570"]);
/// ```
///
/// `Debug` shows the method, how many segments and bytes there are, and names: no values, since ids and bodies can be
/// personal.
#[derive(Clone, PartialEq)]
pub struct RequestParts {
    method: Method,
    path: Vec<Text>,
    trailing_slash: bool,
    outside_prefix: bool,
    query: Vec<(Text, Text)>,
    headers: Cow<'static, HeaderMap>,
    body: Bytes,
}

impl RequestParts {
    /// Makes a request of any method.
    ///
    /// Each segment is sent percent-encoded as exactly one segment: a slash inside one stays data. The call is
    /// refused with a [`Kind::Request`](crate::Kind::Request) error before anything is sent if a segment is empty,
    /// `.` or `..`.
    pub fn new<S: Into<Text>>(method: Method, path: impl IntoIterator<Item = S>) -> Self {
        Self {
            method,
            path: path.into_iter().map(Into::into).collect(),
            trailing_slash: false,
            outside_prefix: false,
            query: Vec::new(),
            headers: Cow::Owned(HeaderMap::new()),
            body: Bytes::new(),
        }
    }

    /// Makes a `GET` that asks for JSON.
    pub fn get<S: Into<Text>>(path: impl IntoIterator<Item = S>) -> Self {
        Self::wanting_json(Method::GET, path)
    }

    /// Makes a `POST` that asks for JSON.
    pub fn post<S: Into<Text>>(path: impl IntoIterator<Item = S>) -> Self {
        Self::wanting_json(Method::POST, path)
    }

    /// Makes a `PUT` that asks for JSON.
    pub fn put<S: Into<Text>>(path: impl IntoIterator<Item = S>) -> Self {
        Self::wanting_json(Method::PUT, path)
    }

    /// Makes a `DELETE` that asks for JSON.
    pub fn delete<S: Into<Text>>(path: impl IntoIterator<Item = S>) -> Self {
        Self::wanting_json(Method::DELETE, path)
    }

    fn wanting_json<S: Into<Text>>(method: Method, path: impl IntoIterator<Item = S>) -> Self {
        Self { headers: Cow::Borrowed(&WANTING_JSON), ..Self::new(method, path) }
    }

    /// Adds a pair to the query.
    #[must_use]
    pub fn query(mut self, key: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.query.push((key.into(), value.into()));
        self
    }

    /// Sets a pair of the query, instead of all earlier ones with that key.
    pub(crate) fn set_query(&mut self, key: &Text, value: &Text) {
        self.query.retain(|(known, _)| known != key);
        self.query.push((key.clone(), value.clone()));
    }

    /// Sets a header, instead of any earlier one of that name.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.to_mut().insert(name, value);
        self
    }

    /// Sets the body and its content type.
    #[must_use]
    pub fn body(mut self, content_type: HeaderValue, body: impl Into<Bytes>) -> Self {
        self.headers.to_mut().insert(CONTENT_TYPE, content_type);
        self.body = body.into();
        self
    }

    /// Sets a JSON body.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the value can't be written as JSON, such as a map whose keys are no
    /// text.
    pub fn json(self, value: &(impl Serialize + ?Sized)) -> Result<Self, Error> {
        let body = serde_json::to_vec(value).map_err(|_| {
            Error::request("the body can't be written as JSON; check that all keys of its maps are text")
        })?;
        Ok(self.body(HeaderValue::from_static("application/json"), body))
    }

    /// Sets a form as body, `application/x-www-form-urlencoded`: the pairs in their order.
    #[must_use]
    pub fn form<K: AsRef<str>, V: AsRef<str>>(self, pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.body(HeaderValue::from_static("application/x-www-form-urlencoded"), body)
    }

    /// Ends the path with a slash, for servers that distinguish the two.
    #[must_use]
    pub fn trailing_slash(mut self) -> Self {
        self.trailing_slash = true;
        self
    }

    /// Starts the path at the base URL, outside of the [prefix](crate::PipelineBuilder::path_prefix) of the other
    /// operations: for services whose sign-in lies elsewhere.
    #[must_use]
    pub fn outside_prefix(mut self) -> Self {
        self.outside_prefix = true;
        self
    }

    /// Whether the path begins at the base URL itself.
    #[must_use]
    pub fn is_outside_prefix(&self) -> bool {
        self.outside_prefix
    }

    /// Whether the path ends with a slash.
    #[must_use]
    pub fn has_trailing_slash(&self) -> bool {
        self.trailing_slash
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path's segments below the client's base, not encoded yet.
    #[must_use]
    pub fn path(&self) -> &[Cow<'static, str>] {
        &self.path
    }

    /// The query's pairs in their order, not encoded yet. A credential that is sent in the query isn't among them.
    #[must_use]
    pub fn query_pairs(&self) -> &[(Cow<'static, str>, Cow<'static, str>)] {
        &self.query
    }

    /// The headers of this request. A credential that is sent in a header isn't among them.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// All headers of an attempt but the credential: those of the operation, then the caller's.
    pub(crate) fn all_headers(&self, user_agent: &HeaderValue, added: &HeaderMap) -> HeaderMap {
        // Room for the user agent, the credential and what the transport adds.
        let mut headers = HeaderMap::with_capacity(self.headers.len() + added.len() + 4);
        for (name, value) in self.headers() {
            headers.append(name.clone(), value.clone());
        }
        headers.insert(USER_AGENT, user_agent.clone());
        for (name, value) in added {
            headers.insert(name.clone(), value.clone());
        }
        // Callers must not set Host, Content-Length or Transfer-Encoding: another host would get the credentials.
        for name in [HOST, CONTENT_LENGTH, TRANSFER_ENCODING] {
            headers.remove(name);
        }
        headers
    }

    /// The body, empty where the request has none.
    #[must_use]
    pub fn body_bytes(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Debug for RequestParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestParts")
            .field("method", &self.method)
            .field("segments", &self.path.len())
            .field("query", &self.query.iter().map(|(key, _)| key).collect::<Vec<_>>())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_names_and_sizes_but_no_values() {
        let parts = RequestParts::post(["users", "canary-id"])
            .query("token", "canary-query")
            .header(http::header::REFERER, HeaderValue::from_static("canary-header"))
            .json(&serde_json::json!({"name": "canary-body"}))
            .unwrap();
        let shown = format!("{parts:?}");
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("token") && shown.contains("referer") && shown.contains("22"), "{shown}");
    }

    #[test]
    fn a_form_is_encoded_as_browsers_do() {
        let parts = RequestParts::post(["x"]).form([("extid", "MAX 5/6&7"), ("note", "ä=+")]);
        assert_eq!(&parts.body_bytes()[..], b"extid=MAX+5%2F6%267&note=%C3%A4%3D%2B");
        assert_eq!(parts.headers()["content-type"], "application/x-www-form-urlencoded");
    }

    #[test]
    fn a_body_that_is_no_json_is_a_request_error() {
        let map = std::collections::HashMap::from([((1, 2), 3)]);
        let error = RequestParts::post(["x"]).json(&map).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (crate::Kind::Request, crate::Outcome::NotSent));
    }
}
