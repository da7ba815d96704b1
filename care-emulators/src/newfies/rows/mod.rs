//! The rows of the database, which the [`Controller`](super::Controller) returns.

/// Implements `Debug` of a row for the named fields. Personal and secret fields aren't named.
macro_rules! debug_fields {
    ($row:ident { $($field:ident),+ }) => {
        impl std::fmt::Debug for $row {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($row))$(.field(stringify!($field), &self.$field))+.finish_non_exhaustive()
            }
        }
    };
}

pub(super) mod alarm;
pub(super) mod calendar;
pub(super) mod event;
pub(super) mod user;

use chrono::{DateTime, Utc};

/// A gateway for calls.
#[derive(Debug, Clone)]
pub(in crate::newfies) struct Gateway {
    pub(in crate::newfies) id: u64,
    pub(in crate::newfies) name: String,
    pub(in crate::newfies) created_date: DateTime<Utc>,
}

/// A gateway for text messages.
#[derive(Debug, Clone)]
pub(in crate::newfies) struct SmsGateway {
    pub(in crate::newfies) id: u64,
    pub(in crate::newfies) name: String,
}

/// A survey, sealed or not.
#[derive(Debug, Clone)]
pub(in crate::newfies) struct Survey {
    pub(in crate::newfies) id: u64,
    pub(in crate::newfies) name: String,
    pub(in crate::newfies) user: u64,
    pub(in crate::newfies) created_date: DateTime<Utc>,
}

/// A template of mails or text messages.
#[derive(Debug, Clone)]
pub(in crate::newfies) struct Template {
    pub(in crate::newfies) id: u64,
    pub(in crate::newfies) label: String,
    pub(in crate::newfies) text: String,
    pub(in crate::newfies) created_date: DateTime<Utc>,
}
