//! Attachments, as the service answers them.

use crate::ids::AttachmentId;
use care_client_core::{
    Personal,
    wire::{number, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An attachment of a message.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "ContentAttachment",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ContentAttachment {
    /// Its id.
    pub id: Option<AttachmentId>,
    /// The name of the file.
    pub filename: Option<Personal<String>>,
    /// The media type.
    pub content_type: Option<String>,
    /// How many bytes it has.
    #[serde(default, with = "number::option")]
    pub size: Option<i64>,
    /// Where it can be downloaded: on the application's host, with the token as `access_token`. It can hold a
    /// secret.
    pub url: Option<Personal<String>>,
    /// Whether it is shown inside of the text.
    #[serde(default, with = "crate::wire::flag")]
    pub embed: Option<bool>,
    /// Whether it can be read without the token.
    #[serde(default, with = "crate::wire::flag", rename = "public?")]
    pub public: Option<bool>,
    /// Its id on the source.
    pub foreign_id: Option<Personal<String>>,
    /// The virus that was found in it. In no document; seen in answers.
    pub virus_signature: Option<String>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// A file that was uploaded, to be attached to a message.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Attachment",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// The name of the file.
    pub filename: Option<Personal<String>>,
    /// The media type.
    pub content_type: Option<String>,
    /// How many bytes it has.
    #[serde(default, with = "number::option")]
    pub size: Option<i64>,
    /// Where it can be downloaded: on the application's host, with the token as `access_token`. It can hold a
    /// secret.
    pub url: Option<Personal<String>>,
    /// Whether it is shown inside of the text.
    #[serde(default, with = "crate::wire::flag")]
    pub embed: Option<bool>,
    /// Whether it can be read without the token.
    #[serde(default, with = "crate::wire::flag", rename = "public?")]
    pub public: Option<bool>,
    /// Its id on the source.
    pub foreign_id: Option<Personal<String>>,
    /// What is known of a video.
    pub video_metadata: Option<Vec<Value>>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}
