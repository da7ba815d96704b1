//! What a builder has settled.

use chrono::FixedOffset;

use super::access::Access;
use super::ack_spelling::AckSpelling;

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) access: Access,
    pub(super) username: String,
    pub(super) password: String,
    pub(super) display_name: String,
    /// What addresses in answers begin with; once it runs, with the path's prefix.
    pub(super) references: String,
    pub(super) first_request: u64,
    pub(super) offset: FixedOffset,
    pub(super) ack_spelling: AckSpelling,
    pub(super) plain_http_redirect: bool,
    pub(super) flag_own_writes: bool,
    pub(super) comments_apart: bool,
    pub(super) acknowledge_partially: bool,
    pub(super) acknowledge_touches: bool,
    pub(super) list_by_own_flag: bool,
    pub(super) newest_first: bool,
}
