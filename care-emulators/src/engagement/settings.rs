//! The settings that the builder collects.

use crate::engagement::intervention::Status;
use http::StatusCode;

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) access_token: String,
    pub(super) language: Language,
    pub(super) custom_fields_key: CustomFieldsKey,
    pub(super) created_as_list: bool,
    pub(super) empty_cancel: bool,
    pub(super) unreadable_is_forbidden: bool,
    pub(super) plain_text_errors: bool,
    pub(super) rate_limit: Option<u32>,
    pub(super) bad_token_status: StatusCode,
    pub(super) oldest_update_first: bool,
    pub(super) largest_page: u32,
}

/// The key under which an intervention shows its custom fields, for which the vendor has two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustomFieldsKey {
    /// `custom_field_values`, as in the service and its webhooks.
    Live,
    /// `custom_fields`, as in the vendor's specification.
    Spec,
    /// Both.
    Both,
}

impl CustomFieldsKey {
    pub(super) fn has_live(self) -> bool {
        matches!(self, Self::Live | Self::Both)
    }

    pub(super) fn has_spec(self) -> bool {
        matches!(self, Self::Spec | Self::Both)
    }
}

/// The language of an account's labels, such as an intervention's `status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

impl Language {
    /// The label of a status. It is for people, and is not a value of the filter `status`.
    pub(super) fn label(self, status: Status) -> &'static str {
        match (self, status) {
            (Self::English, Status::Opened) => "Opened",
            (Self::English, Status::Reopened) => "Reopened",
            (Self::English, Status::Deferred) => "Deferred",
            (Self::English, Status::Closed) => "Closed",
            (Self::French, Status::Opened) => "Ouverte",
            (Self::French, Status::Reopened) => "Rouverte",
            (Self::French, Status::Deferred) => "Différée",
            (Self::French, Status::Closed) => "Fermée",
        }
    }
}
