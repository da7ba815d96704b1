use bytes::Bytes;
use serde_json::Value;
use wiremock::ResponseTemplate;

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
