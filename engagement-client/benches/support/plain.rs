//! The plainest way: a derive with text for all that is text.
#![allow(dead_code, reason = "only read")]

use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
struct Page {
    count: u32,
    offset: u32,
    limit: u32,
    records: Vec<Intervention>,
}

#[derive(Deserialize)]
pub(crate) struct Intervention {
    id: String,
    created_at: Option<String>,
    updated_at: Option<String>,
    source_id: Option<String>,
    thread_id: Option<String>,
    content_id: Option<String>,
    identity_id: Option<String>,
    identity_group_id: Option<String>,
    user_id: Option<String>,
    category_ids: Vec<String>,
    closed: bool,
    closed_at: Option<String>,
    deferred_at: Option<String>,
    status: Option<String>,
    comments_count: Option<i32>,
    user_replies_count: Option<i32>,
    first_user_reply_id: Option<String>,
    first_user_reply_in: Option<i32>,
    first_user_reply_in_bh: Option<i32>,
    last_user_reply_in: Option<i32>,
    last_user_reply_in_bh: Option<i32>,
    user_reply_in_average: Option<i32>,
    user_reply_in_average_bh: Option<i32>,
    user_reply_in_average_count: Option<i32>,
    custom_field_values: Option<Map<String, Value>>,
}

pub(crate) fn read(body: &[u8]) -> Result<Vec<Intervention>, serde_json::Error> {
    serde_json::from_slice::<Page>(body).map(|page| page.records)
}
