use crate::mock_server;
use serde_json::Value;
use std::collections::BTreeMap;
use wiremock::{MockServer, Request};

/// What one request must be, and no more: its line, its headers and its body.
#[derive(Debug, Clone)]
pub struct Wanted {
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

impl Wanted {
    /// A request with this method, path and query, as in `GET /things?limit=1`, without a body.
    pub fn new(line: impl Into<String>) -> Self {
        Self { line: line.into(), headers: BTreeMap::new(), body: Body::None }
    }

    /// Adds a header, its name in small letters.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.insert(name, value.into());
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

    /// Panics unless the request is this one.
    pub fn assert(&self, request: &Request) {
        assert_eq!(mock_server::line(request), self.line);
        // What comes of the address and the body by itself.
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

/// Panics unless exactly these requests came, in this order.
pub async fn assert_sent(server: &MockServer, wanted: &[Wanted]) {
    let requests = mock_server::received(server).await;
    let lines: Vec<_> = requests.iter().map(mock_server::line).collect();
    assert_eq!(lines.len(), wanted.len(), "{lines:?}");
    requests.iter().zip(wanted).for_each(|(request, wanted)| wanted.assert(request));
}
