//! Templates: a picture, texts and buttons, alone or side by side in a carousel.

use crate::ids::{AttachmentId, ObjectId as _};
use care_client_core::Error;
use serde_json::{Map, Value, json};
use std::fmt;

/// One of the messages of a [carousel](crate::StructuredMessage::carousel), or a
/// [template](crate::StructuredMessage::template).
#[derive(Clone, PartialEq)]
#[must_use = "give it to StructuredMessage::template(..) or carousel(..)"]
pub struct Template(Map<String, Value>);

impl Template {
    /// The fields as they are sent.
    pub(super) fn into_fields(self) -> Map<String, Value> {
        self.0
    }

    pub(super) fn has_picture(&self) -> bool {
        self.0.contains_key("attachment_id")
    }

    /// A message with a title of up to 350 characters.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the title is empty or too long.
    pub fn new(title: impl Into<String>) -> Result<Self, Error> {
        let title = title.into();
        limited(&title, 350, "the title")?;
        Ok(Self(Map::from_iter([("title".to_owned(), Value::from(title))])))
    }

    /// Sets the second line.
    pub fn subtitle(mut self, subtitle: impl Into<String>) -> Self {
        self.0.insert("subtitle".into(), subtitle.into().into());
        self
    }

    /// Sets the address that it leads to.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.0.insert("url".into(), url.into().into());
        self
    }

    /// Sets the picture: a public attachment of jpg, jpeg or png, under 5 MB.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is invalid.
    pub fn picture(mut self, attachment: impl Into<AttachmentId>) -> Result<Self, Error> {
        let attachment = attachment.into();
        attachment.check("the attachment")?;
        self.0.insert("attachment_id".into(), attachment.as_str().into());
        Ok(self)
    }

    /// Adds a button that answers with a payload. Four buttons at most.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if there are four already, or the title is empty or exceeds 80
    /// characters.
    pub fn reply_button(self, title: impl Into<String>, payload: impl Into<String>) -> Result<Self, Error> {
        let title = title.into();
        limited(&title, 80, "a title")?;
        self.button(json!({"type": "reply", "title": title, "payload": payload.into()}))
    }

    /// Adds a button that opens an address. Four buttons at most.
    ///
    /// # Errors
    ///
    /// As [`reply_button`](Self::reply_button).
    pub fn link_button(self, title: impl Into<String>, url: impl Into<String>) -> Result<Self, Error> {
        let title = title.into();
        let url = url.into();
        limited(&title, 80, "a title")?;
        limited(&url, 2_048, "the address")?;
        self.button(json!({"type": "url", "title": title, "url": url}))
    }

    fn button(mut self, button: Value) -> Result<Self, Error> {
        let items = self.0.entry("items").or_insert_with(|| json!([]));
        let count = items.as_array().map_or(0, Vec::len);
        counted(count + 1, 4, "buttons")?;
        if let Some(items) = items.as_array_mut() {
            items.push(button);
        }
        Ok(self)
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Template([personal])")
    }
}

pub(super) fn limited(text: &str, limit: usize, what: &str) -> Result<(), Error> {
    if text.trim().is_empty() {
        return Err(Error::request(format!("{what} of the structured message is empty")));
    }
    match text.chars().count() {
        length if length > limit => {
            Err(Error::request(format!("{what} of the structured message has {length} characters of at most {limit}")))
        }
        _ => Ok(()),
    }
}

pub(super) fn counted(count: usize, most: usize, what: &str) -> Result<(), Error> {
    match count {
        0 => Err(Error::request(format!("the structured message has no {what}"))),
        _ if count > most => {
            Err(Error::request(format!("the structured message has {count} {what} of at most {most}")))
        }
        _ => Ok(()),
    }
}
