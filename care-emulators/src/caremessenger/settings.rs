//! The settings that the builder collects.

use crate::caremessenger::{
    delivery::{payload::Payload, schedule::Schedule},
    provider::AssistanceRequest,
};
use chrono::FixedOffset;
use http::StatusCode;
use std::{sync::Arc, time::Duration};

/// The form of the emulator's tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenForm {
    /// Three parts separated by dots, as in a JWT; the claims are `user_id`, `username`, `email`, `exp` and `orig_iat`.
    Jwt,
    /// The same, but the first part is malformed, as in the documented sample.
    Undecodable,
    /// Random letters and digits.
    Opaque,
}

/// When a provider's response includes `webhook_notifiers`. The only documented example is a provider without webhooks,
/// and lacks the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookEcho {
    /// When the provider has webhooks.
    WhenAny,
    /// Always; an empty list without webhooks.
    Always,
    /// Never.
    Never,
}

/// The form of coordinates in responses. Only null is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CoordinateForm {
    /// A string with six decimals.
    Text,
    /// A number.
    Number,
}

/// The shape of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListShape {
    /// `count`, `next`, `previous` and `results`, as documented.
    Envelope,
    /// An array of all items, without pages.
    Bare,
}

/// The parameters of the links between pages, which aren't documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Paging {
    /// `page`, counted from 1.
    Number,
    /// `limit` and `offset`.
    Offset,
    /// `cursor`, which is where the last page ended.
    Cursor,
}

/// The methods that update a provider, which aren't documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Updates {
    /// None.
    None,
    /// Only `PUT`, with all required fields of a create.
    Put,
    /// Only `PATCH`, with the fields to change.
    Patch,
    /// Both.
    Both,
}

pub(super) type PayloadOf = Arc<dyn Fn(&AssistanceRequest) -> Payload + Send + Sync>;

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) username: String,
    pub(super) password: String,
    pub(super) scheme: String,
    pub(super) token_form: TokenForm,
    pub(super) token_lifetime: Duration,
    pub(super) failed_sign_in_status: StatusCode,
    pub(super) avatars: bool,
    pub(super) create_status: StatusCode,
    pub(super) webhook_echo: WebhookEcho,
    pub(super) webhook_ids: bool,
    pub(super) coordinates: CoordinateForm,
    pub(super) offset: FixedOffset,
    pub(super) list_shape: ListShape,
    pub(super) paging: Paging,
    pub(super) page_size: usize,
    pub(super) endless_lists: bool,
    /// The start of links in responses; from the start on with the path prefix.
    pub(super) links: String,
    pub(super) slash_redirects: bool,
    pub(super) residents: bool,
    pub(super) updates: Updates,
    pub(super) deletes: bool,
    pub(super) absent_list_clears: bool,
    pub(super) empty_list_keeps: bool,
    pub(super) first_provider: u64,
    pub(super) schedule: Schedule,
    /// The body of deliveries; `None` for the default.
    pub(super) payload: Option<PayloadOf>,
}
