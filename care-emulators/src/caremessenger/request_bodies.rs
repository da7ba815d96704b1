//! Request bodies: JSON objects, and the validation of providers.

use crate::{
    bodies::has_media_type,
    caremessenger::{
        directory::Target,
        error_response::{ErrorResponse, Fields},
        provider::NewProvider,
    },
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};
use serde_json::{Map, Value, json};

const REQUIRED: &str = "This is required.";

/// A validated provider. An absent field stays unchanged.
#[derive(Default)]
pub(super) struct ProviderBody {
    pub(super) name: Option<String>,
    pub(super) label: Option<String>,
    pub(super) target: Option<Target>,
    pub(super) emails: Option<Vec<NotifierBody>>,
    pub(super) webhooks: Option<Vec<NotifierBody>>,
}

/// A validated notifier.
pub(super) struct NotifierBody {
    pub(super) id: Option<u64>,
    pub(super) name: String,
    pub(super) address: String,
}

impl From<NewProvider> for ProviderBody {
    fn from(new: NewProvider) -> Self {
        let entries = |pairs: Vec<(String, String)>| {
            Some(pairs.into_iter().map(|(name, address)| NotifierBody { id: None, name, address }).collect())
        };
        let NewProvider { target, name, label, emails, webhooks } = new;
        let (name, label, target) = (Some(name), Some(label), Some(target));
        Self { name, label, target, emails: entries(emails), webhooks: entries(webhooks) }
    }
}

impl ProviderBody {
    /// Validates a complete provider, or a `part` of one. `check_target` returns the field and message of an invalid
    /// target. Undocumented keys are ignored.
    pub(super) fn read(
        sent: &Map<String, Value>,
        part: bool,
        check_target: impl Fn(Target) -> Option<(&'static str, &'static str)>,
    ) -> Result<Self, Fields> {
        let mut reader = Reader { sent, part, wrong: Fields::new() };
        let body = Self {
            name: reader.text("name"),
            label: reader.text("label"),
            target: reader.target(check_target),
            emails: reader.entries("email_notifiers", "email", "Enter a valid email address.", is_mail_address),
            webhooks: reader.entries("webhook_notifiers", "url", "Enter a valid URL.", is_url),
        };
        if reader.wrong.is_empty() { Ok(body) } else { Err(reader.wrong) }
    }
}

struct Reader<'a> {
    sent: &'a Map<String, Value>,
    /// Whether absent fields stay unchanged.
    part: bool,
    wrong: Fields,
}

impl Reader<'_> {
    fn add_error(&mut self, key: &str, what: &str) {
        self.wrong.insert(key.to_owned(), json!([what]));
    }

    fn text(&mut self, key: &str) -> Option<String> {
        match self.sent.get(key) {
            Some(Value::String(text)) if !text.trim().is_empty() => return Some(text.clone()),
            Some(Value::String(_)) => self.add_error(key, "This may not be blank."),
            Some(_) => self.add_error(key, "This must be a string."),
            None if self.part => {}
            None => self.add_error(key, REQUIRED),
        }
        None
    }

    fn target(&mut self, check_target: impl Fn(Target) -> Option<(&'static str, &'static str)>) -> Option<Target> {
        let (kind, id) = (self.sent.get("content_type"), self.sent.get("object_id"));
        if self.part && kind.is_none() && id.is_none() {
            return None;
        }
        let kind = self.text("content_type").or_else(|| {
            // One without the other is an error in a partial update, too.
            if kind.is_none() {
                self.add_error("content_type", REQUIRED);
            }
            None
        });
        let number = id.and_then(Value::as_u64);
        if number.is_none() {
            self.add_error("object_id", if id.is_none() { REQUIRED } else { "This must be an identifier." });
        }
        let kind = kind?;
        let known = Target::read(&kind, number.unwrap_or_default());
        if known.is_none() {
            self.add_error("content_type", "Unknown content type.");
        }
        let target = known.filter(|_| number.is_some())?;
        if let Some((key, what)) = check_target(target) {
            self.add_error(key, what);
        }
        Some(target)
    }

    fn entries(
        &mut self,
        key: &str,
        address: &str,
        error_response: &str,
        is_one: fn(&str) -> bool,
    ) -> Option<Vec<NotifierBody>> {
        let Value::Array(sent) = self.sent.get(key)? else {
            self.add_error(key, "This must be a list.");
            return None;
        };
        let (mut entries, mut errors) = (Vec::new(), Vec::new());
        for value in sent {
            match notifier(value, address, error_response, is_one) {
                Ok(notifier) => {
                    entries.push(notifier);
                    errors.push(Fields::new());
                }
                Err(wrong) => errors.push(wrong),
            }
        }
        if errors.iter().any(|wrong| !wrong.is_empty()) {
            self.wrong.insert(key.to_owned(), json!(errors));
        }
        Some(entries)
    }
}

fn notifier(value: &Value, key: &str, error_response: &str, is_one: fn(&str) -> bool) -> Result<NotifierBody, Fields> {
    let Value::Object(sent) = value else {
        return Err(Fields::from_iter([("non_field_errors".to_owned(), json!(["This must be an object."]))]));
    };
    let mut reader = Reader { sent, part: false, wrong: Fields::new() };
    let (name, address) = (reader.text("name"), reader.text(key));
    if address.as_deref().is_some_and(|address| !is_one(address)) {
        reader.add_error(key, error_response);
    }
    match (name, address) {
        (Some(name), Some(address)) if reader.wrong.is_empty() => {
            Ok(NotifierBody { id: sent.get("id").and_then(Value::as_u64), name, address })
        }
        _ => Err(reader.wrong),
    }
}

fn is_mail_address(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}

fn is_url(text: &str) -> bool {
    let uri: Result<Uri, _> = text.parse();
    uri.is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty())
    })
}

/// Parses a JSON object.
pub(super) fn object(headers: &HeaderMap, body: &Bytes) -> Result<Map<String, Value>, ErrorResponse> {
    if !has_media_type(headers, &["application/json"]) {
        return Err(ErrorResponse::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The content type must be application/json.",
        ));
    }
    // serde_json's own message quotes the body, which may contain personal data.
    let read = serde_json::from_slice(body).map_err(|error| {
        let at = format!("The body is not valid JSON at line {}, column {}.", error.line(), error.column());
        ErrorResponse::new(StatusCode::BAD_REQUEST, &at)
    });
    match read? {
        Value::Object(object) => Ok(object),
        _ => Err(ErrorResponse::general(StatusCode::BAD_REQUEST, "The body must be an object.")),
    }
}
