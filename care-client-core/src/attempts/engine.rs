//! What the attempts of a call are made with: the settings that all calls of a client share, and what one call sends.

use super::{
    rate_limit::RateLimit,
    retry_policy::{RetryBudget, RetryPolicy},
};
use crate::{
    auth::Credentials,
    gate::PollGate,
    observe::Observe,
    operation::Operation,
    request::{RequestParts, origin::Origin},
    response::AnswerFormat,
    transport::Transport,
};
use http::{HeaderMap, HeaderValue};
use std::{
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

/// What all calls of one client share, whatever their credentials. One `build()` makes one engine.
pub(crate) struct Engine {
    pub(crate) origin: Origin,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) gate: PollGate,
    pub(crate) observer: Option<Arc<dyn Observe>>,
    pub(crate) budget: RetryBudget,
    pub(crate) retry: RetryPolicy,
    pub(crate) rate_limit: Option<RateLimit>,
    /// The deadline of a call, from its start.
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    /// The largest body that is read, in bytes.
    pub(crate) max_body: usize,
    /// Whether an operation that must not be done twice may go out on a connection that was used before.
    pub(crate) reuse_for_once: bool,
    pub(crate) user_agent: HeaderValue,
    pub(crate) not_found_hint: Option<&'static str>,
    pub(crate) answers: AnswerFormat,
    /// Whether anything but 404 was ever answered.
    pub(crate) answered: AtomicBool,
    /// Whether the observer has heard of an odd media type.
    pub(crate) has_odd_media_type: AtomicBool,
    /// Whether any call was ever answered with a success that isn't a page of HTML.
    pub(crate) succeeded: AtomicBool,
}

/// What one call sends, and with what credentials.
#[derive(Clone, Copy)]
pub(crate) struct Outgoing<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) parts: &'a RequestParts,
    /// Those that the caller added to the operation's own.
    pub(crate) headers: &'a HeaderMap,
    pub(crate) credentials: &'a Credentials,
}
