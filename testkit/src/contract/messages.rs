//! A request as it must be, and an answer as a server gives it.

use crate::mock_server;
use bytes::Bytes;
use serde_json::Value;
use std::collections::BTreeMap;
use wiremock::{MockServer, Request, ResponseTemplate};

/// What one request must be, and no more: its line, its headers and its body.
#[derive(Debug, Clone)]
pub struct ExpectedRequest {
    line: String,
    headers: BTreeMap<&'static str, String>,
    body: Body,
}

#[derive(Debug, Clone)]
enum Body {
    None,
    Json(Value),
    Text(String),
}

impl ExpectedRequest {
    /// A request with this method, path and query, as in `GET /things?limit=1`, without a body.
    pub fn new(line: impl Into<String>) -> Self {
        Self { line: line.into(), headers: BTreeMap::new(), body: Body::None }
    }

    /// Adds a header, its name in lowercase, instead of one of that name.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.insert(name, value.into());
        self
    }

    /// Takes a header away.
    #[must_use]
    pub fn without_header(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// Adds a pair to the query, encoded as it is sent.
    #[must_use]
    pub fn query(mut self, pair: &str) -> Self {
        self.line.push(if self.line.contains('?') { '&' } else { '?' });
        self.line.push_str(pair);
        self
    }

    /// Sets a body of JSON, whose form doesn't matter, with its content type.
    #[must_use]
    pub fn json(mut self, body: Value) -> Self {
        self.body = Body::Json(body);
        self.header("content-type", "application/json")
    }

    /// Sets a body that must be this text, with its content type.
    #[must_use]
    pub fn text(mut self, content_type: &str, body: impl Into<String>) -> Self {
        self.body = Body::Text(body.into());
        self.header("content-type", content_type)
    }

    /// Method, path and query.
    #[must_use]
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The body as text.
    pub fn body_text(&self) -> String {
        match &self.body {
            Body::None => String::new(),
            Body::Json(body) => body.to_string(),
            Body::Text(body) => body.clone(),
        }
    }

    pub(super) fn has_body(&self) -> bool {
        !matches!(self.body, Body::None)
    }

    /// Panics unless the request is this one.
    pub fn assert(&self, request: &Request) {
        assert_eq!(mock_server::line(request), self.line);
        // Host and length follow from the address and the body.
        let sent = request.headers.iter().filter(|(name, _)| !["host", "content-length"].contains(&name.as_str()));
        let sent: BTreeMap<_, _> =
            sent.map(|(name, value)| (name.as_str(), value.to_str().unwrap().to_owned())).collect();
        assert_eq!(sent, self.headers, "{}", self.line);
        match &self.body {
            Body::None => assert!(request.body.is_empty(), "{}", self.line),
            Body::Json(body) => assert_eq!(&request.body_json::<Value>().unwrap(), body, "{}", self.line),
            Body::Text(body) => assert_eq!(str::from_utf8(&request.body).unwrap(), body, "{}", self.line),
        }
    }
}

/// Panics unless the server received exactly these requests, in this order.
pub async fn assert_sent(server: &MockServer, expected: &[ExpectedRequest]) {
    let requests = mock_server::received(server).await;
    let lines: Vec<_> = requests.iter().map(mock_server::line).collect();
    assert_eq!(lines.len(), expected.len(), "{lines:?}");
    requests.iter().zip(expected).for_each(|(request, expected)| expected.assert(request));
}

/// A server's answer.
#[derive(Debug, Clone)]
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Option<(String, Bytes)>,
}

impl Answer {
    /// Only a status.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: None }
    }

    /// Status 200 with a body of JSON.
    #[must_use]
    pub fn json(body: &Value) -> Self {
        Self::text("application/json", body.to_string())
    }

    /// Status 200 with this media type and body.
    pub fn text(media_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self { body: Some((media_type.into(), body.into())), ..Self::empty(200) }
    }

    /// Sets the status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sets the media type, if there is a body.
    #[must_use]
    pub fn media_type(mut self, media_type: &str) -> Self {
        self.body = self.body.map(|(_, body)| (media_type.to_owned(), body));
        self
    }

    /// The body; empty where there is none.
    #[must_use]
    pub fn body(&self) -> Bytes {
        self.body.as_ref().map(|(_, body)| body.clone()).unwrap_or_default()
    }

    /// The same without the end of its body.
    #[must_use]
    pub fn truncated(mut self, by: usize) -> Self {
        self.body = self.body.map(|(media_type, body)| (media_type, body.slice(..body.len() - by)));
        self
    }
}

impl From<&Answer> for ResponseTemplate {
    fn from(answer: &Answer) -> Self {
        let mut template = Self::new(answer.status);
        if let Some((media_type, body)) = &answer.body {
            template = template.set_body_raw(body.to_vec(), media_type);
        }
        for (name, value) in &answer.headers {
            template = template.insert_header(*name, value.as_str());
        }
        template
    }
}

impl From<Answer> for ResponseTemplate {
    fn from(answer: Answer) -> Self {
        Self::from(&answer)
    }
}
