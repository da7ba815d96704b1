use crate::{auth::Credentials, operation::Operation, pipeline::Pipeline, request::RequestParts};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde_json::Value;
use url::form_urlencoded;

/// What one call sends and with what credentials: what the server may quote, and no error may show.
pub(crate) struct SensitiveValues<'a> {
    pub(crate) pipeline: &'a Pipeline,
    pub(crate) operation: &'static Operation,
    pub(crate) parts: &'a RequestParts,
    /// Those that the caller added.
    pub(crate) headers: &'a HeaderMap,
}

impl SensitiveValues<'_> {
    /// Every value that was sent, the longest first: a value that contains another must be found as a whole.
    pub(crate) fn values(&self) -> Vec<String> {
        let mut values: Vec<String> = self.path_values().map(str::to_owned).collect();
        values.extend(self.parts.query_pairs().iter().map(|(_, value)| value.to_string()));
        for (name, value) in self.parts.headers().iter().chain(self.headers) {
            if name != ACCEPT && name != CONTENT_TYPE {
                header(value, &mut values);
            }
        }
        self.credential(&mut values);
        self.body(&mut values);
        for value in &mut values {
            *value = value.trim().to_owned();
        }
        values.retain(|value| value.chars().count() > 2);
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        values
    }

    /// The names in the path that the operation's template doesn't hold. Numbers stay: they are the ids that an error is about.
    fn path_values(&self) -> impl Iterator<Item = &str> {
        let fixed = self.operation.path();
        let filled =
            self.parts.path().iter().filter(move |segment| fixed.split('/').all(|part| part != segment.as_ref()));
        filled.map(AsRef::as_ref).filter(|segment: &&str| !segment.bytes().all(|byte| byte.is_ascii_digit()))
    }

    fn credential(&self, values: &mut Vec<String>) {
        match &*self.pipeline.credentials {
            Credentials::Header(_, value) => header(value, values),
            Credentials::Query(_, secret) => values.push(secret.expose().to_owned()),
            Credentials::Token(cache) => {
                values.extend(cache.current().map(|held| held.token.secret().expose().to_owned()));
            }
            Credentials::None | Credentials::Missing(_) => {}
        }
    }

    fn body(&self, values: &mut Vec<String>) {
        let body = self.parts.body_bytes();
        let form = self.parts.headers().get(CONTENT_TYPE).is_some_and(|said| said.as_bytes().ends_with(b"urlencoded"));
        if form {
            values.extend(form_urlencoded::parse(body).map(|(_, value)| value.into_owned()));
        } else if let Ok(body) = serde_json::from_slice(body) {
            json(&body, values);
        } else if body.starts_with(b"<") {
            values.extend(std::str::from_utf8(body).into_iter().flat_map(xml));
        } else {
            values.extend(std::str::from_utf8(body).into_iter().flat_map(str::lines).map(str::to_owned));
        }
    }
}

/// The texts between tags, as they stand there and as they are meant.
fn xml(body: &str) -> impl Iterator<Item = String> {
    let texts = body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
    texts.flat_map(|text| {
        let meant = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
        let meant = meant.replace("&#13;", "\n").replace("&amp;", "&");
        let lines: Vec<_> = meant.lines().map(str::to_owned).collect();
        [text.to_owned(), meant].into_iter().chain(lines)
    })
}

fn header(value: &HeaderValue, values: &mut Vec<String>) {
    let text = String::from_utf8_lossy(value.as_bytes());
    let pair = text.strip_prefix("Basic ").and_then(|pair| BASE64_STANDARD.decode(pair).ok());
    if let Some(pair) = pair {
        // As UTF-8, or else as ISO-8859-1, where each byte is a character.
        let pair =
            String::from_utf8(pair).unwrap_or_else(|error| error.as_bytes().iter().copied().map(char::from).collect());
        values.extend(pair.split_once(':').map(|(_, password)| password.to_owned()));
        values.push(pair);
    }
    // A scheme such as `Bearer` ahead of the secret.
    values.extend(text.split_once(' ').map(|(_, secret)| secret.to_owned()));
    values.push(text.into_owned());
}

fn json(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Number(number) => into.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| json(item, into)),
        Value::Object(map) => map.values().for_each(|item| json(item, into)),
        Value::Null | Value::Bool(_) => {}
    }
}
