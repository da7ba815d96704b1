//! What an administrator keeps, and the API only shows.

use chrono::{DateTime, Utc};

/// A gateway for calls.
#[derive(Debug, Clone)]
pub(in super::super) struct Gateway {
    pub(in super::super) id: u64,
    pub(in super::super) name: String,
    pub(in super::super) created_date: DateTime<Utc>,
}

/// A gateway for text messages.
#[derive(Debug, Clone)]
pub(in super::super) struct SmsGateway {
    pub(in super::super) id: u64,
    pub(in super::super) name: String,
}

/// A survey, sealed or not.
#[derive(Debug, Clone)]
pub(in super::super) struct Survey {
    pub(in super::super) id: u64,
    pub(in super::super) name: String,
    pub(in super::super) user: u64,
    pub(in super::super) created_date: DateTime<Utc>,
}

/// The text of a mail or a text message.
#[derive(Debug, Clone)]
pub(in super::super) struct Template {
    pub(in super::super) id: u64,
    pub(in super::super) label: String,
    pub(in super::super) text: String,
    pub(in super::super) created_date: DateTime<Utc>,
}
