//! What a builder has settled.

use http::StatusCode;

use super::custom_fields_key::CustomFieldsKey;
use super::language::Language;

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
