//! Structured messages: selections, links, templates, carousels, lists and times to choose from.
//!
//! Which kinds a customer's app shows is in
//! [`Content::capabilities_supported`](crate::Content::capabilities_supported). The service drops or cuts what a
//! channel doesn't support. The limits are the guide's, counted in characters; a message that exceeds them is rejected
//! before it is sent.
//!
//! Source: RingCentral, *Engage Digital developer guide*, `docs/interactions/structured-messages`,
//! <https://github.com/ringcentral/engage-digital-api-docs>.

use crate::contents::template::{Template, counted, limited};
use care_client_core::Error;
use serde_json::{Value, json};
use std::fmt;

/// A structured message. Made by [`select`](Self::select), [`rich_link`](Self::rich_link), [`list`](Self::list),
/// [`template`](Self::template), [`carousel`](Self::carousel), [`time_select`](Self::time_select) and
/// [`other`](Self::other).
///
/// ```
/// use engagement_client::{NewContent, StructuredMessage};
///
/// let choice = StructuredMessage::select([("Today", "today"), ("Tomorrow", "tomorrow")])?;
/// let reply = NewContent::structured_reply_to("64b0c39ef2d94e0007a1b2a1", choice)
///     .body("When may we call you?");
/// # let _ = reply;
/// # Ok::<(), engagement_client::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct StructuredMessage(Value);

impl StructuredMessage {
    /// Up to 13 answers to choose from: each with a title of up to 80 characters and a payload of up to 1,000 ASCII
    /// characters, which comes back with the customer's answer. Needs a [body](crate::NewContent::body).
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if there are none, too many, or a text is empty or too long.
    pub fn select<T: Into<String>, P: Into<String>>(items: impl IntoIterator<Item = (T, P)>) -> Result<Self, Error> {
        let mut rows = Vec::new();
        for (title, payload) in items {
            let (title, payload) = (title.into(), payload.into());
            limited(&title, 80, "a title")?;
            limited(&payload, 1_000, "a payload")?;
            if !payload.is_ascii() {
                return Err(Error::request("a payload of the structured message isn't ASCII: the service refuses it"));
            }
            rows.push(json!({"title": title, "payload": payload}));
        }
        counted(rows.len(), 13, "items")?;
        Ok(Self(json!({"type": "select", "items": rows})))
    }

    /// A link with a title of up to 350 characters; the address has up to 2,048.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if a text is empty or too long.
    pub fn rich_link(title: impl Into<String>, url: impl Into<String>) -> Result<Self, Error> {
        let (title, url) = (title.into(), url.into());
        limited(&title, 350, "the title")?;
        limited(&url, 2_048, "the address")?;
        Ok(Self(json!({"type": "rich_link", "title": title, "url": url})))
    }

    /// A list with a title of up to 1,024 characters, and up to 10 items: each with a title of up to 80 characters and
    /// a payload of up to 200.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if there are none, too many, or a text is empty or too long.
    pub fn list<T: Into<String>, P: Into<String>>(
        title: impl Into<String>,
        items: impl IntoIterator<Item = (T, P)>,
    ) -> Result<Self, Error> {
        let title = title.into();
        limited(&title, 1_024, "the title")?;
        let mut rows = Vec::new();
        for (title, payload) in items {
            let (title, payload) = (title.into(), payload.into());
            limited(&title, 80, "a title")?;
            limited(&payload, 200, "a payload")?;
            rows.push(json!({"title": title, "payload": payload}));
        }
        counted(rows.len(), 10, "items")?;
        Ok(Self(json!({"type": "list", "title": title, "items": rows})))
    }

    /// A picture, texts and up to four buttons.
    pub fn template(template: Template) -> Self {
        let mut fields = template.into_fields();
        fields.insert("type".into(), "template".into());
        Self(Value::Object(fields))
    }

    /// Up to ten templates side by side; either all of them have a picture or none has.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if there are none or too many, or only some have a picture.
    pub fn carousel(templates: impl IntoIterator<Item = Template>) -> Result<Self, Error> {
        let templates: Vec<Template> = templates.into_iter().collect();
        counted(templates.len(), 10, "items")?;
        let pictures = templates.iter().filter(|template| template.has_picture()).count();
        if pictures != 0 && pictures != templates.len() {
            return Err(Error::request("only some items of the carousel have a picture: give one to all or to none"));
        }
        let items: Vec<Value> = templates.into_iter().map(|template| Self::template(template).0).collect();
        Ok(Self(json!({"type": "carousel", "items": items})))
    }

    /// Times to choose from: each with an identifier, its start (such as `2026-04-26T08:00+0200`) and its duration in
    /// seconds. Needs a [body](crate::NewContent::body).
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if there are none or a text is empty.
    pub fn time_select<T: Into<String>, S: Into<String>>(
        slots: impl IntoIterator<Item = (T, S, u32)>,
    ) -> Result<Self, Error> {
        let mut rows = Vec::new();
        for (identifier, start, seconds) in slots {
            let (identifier, start) = (identifier.into(), start.into());
            limited(&identifier, 200, "an identifier")?;
            limited(&start, 40, "a start")?;
            rows.push(json!({"identifier": identifier, "start_time": start, "duration": seconds}));
        }
        counted(rows.len(), usize::MAX, "times")?;
        Ok(Self(json!({"type": "time_select", "timeslots": rows})))
    }

    /// Any other structured message, such as a form or Apple Pay, or one with more fields than the others here set. The
    /// value is what the service calls `structured_content`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if it is no object with a `type`.
    pub fn other(value: Value) -> Result<Self, Error> {
        match value.get("type").and_then(Value::as_str) {
            Some(kind) if !kind.is_empty() => Ok(Self(value)),
            _ => Err(Error::request("a structured message must be an object with a `type`")),
        }
    }

    /// The message as it is sent.
    #[must_use]
    pub fn as_value(&self) -> &Value {
        &self.0
    }
}

impl fmt::Debug for StructuredMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.0.get("type").and_then(Value::as_str).unwrap_or_default();
        write!(f, "StructuredMessage({kind}, [personal])")
    }
}
