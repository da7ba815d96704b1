//! What a builder has settled.

use crate::caremessenger::{
    delivery::{payload::Payload, schedule::Schedule},
    provider::AssistanceRequest,
};
use chrono::FixedOffset;
use http::StatusCode;
use std::{sync::Arc, time::Duration};

/// What the tokens look like that an emulator gives out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenForm {
    /// Three parts with dots between them, as a JWT has; the claims are `user_id`, `username`, `email`, `exp` and `orig_iat`.
    Jwt,
    /// The same, and the first part can't be decoded, as in the documented sample.
    Undecodable,
    /// Letters and digits without a meaning.
    Opaque,
}

/// When `webhook_notifiers` stands in the answer with a provider. One example is documented, of a provider that has none, and the key is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookEcho {
    /// When the provider has some.
    WhenAny,
    /// Always; an empty list when it has none.
    Always,
    /// Never, whatever it has.
    Never,
}

/// How coordinates stand in answers. Only null is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CoordinateForm {
    /// A string with six decimals.
    Text,
    /// A number.
    Number,
}

/// What the answer with a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListShape {
    /// `count`, `next`, `previous` and `results`, as documented.
    Envelope,
    /// An array with everything, without pages.
    Bare,
}

/// By which parameters `next` leads to the next page. None is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Paging {
    /// `page`, counted from 1.
    Number,
    /// `limit` and `offset`.
    Offset,
    /// `cursor`, which says where the last page ended.
    Cursor,
}

/// By which methods a provider can be updated. None is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Updates {
    /// By none.
    None,
    /// By `PUT` only, with all that a create must have.
    Put,
    /// By `PATCH` only, with what is to change.
    Patch,
    /// By both.
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
    pub(super) sign_in_refusal: StatusCode,
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
    /// What addresses in answers begin with; once it runs, with the path's prefix.
    pub(super) links: String,
    pub(super) slash_redirects: bool,
    pub(super) residents: bool,
    pub(super) updates: Updates,
    pub(super) deletes: bool,
    pub(super) absent_list_clears: bool,
    pub(super) empty_list_keeps: bool,
    pub(super) first_provider: u64,
    pub(super) schedule: Schedule,
    /// What is posted; the emulator's own invention when there is none.
    pub(super) payload: Option<PayloadOf>,
}
