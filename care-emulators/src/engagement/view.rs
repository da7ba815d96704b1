//! Interventions in responses.

use crate::engagement::{
    intervention::{Intervention, Survey},
    settings::Settings,
};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use http::{StatusCode, header::CONTENT_TYPE};
use serde::Serialize;
use serde_json::{Map, Value};

/// A response with this body.
pub(super) fn json_response(body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(body) => ([(CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An intervention on the wire.
///
/// Business hours aren't emulated: delays in business hours equal the plain delays. Fields of extensions are absent
/// unless the extension was used.
#[derive(Serialize)]
pub(super) struct InterventionView<'a> {
    id: &'a str,
    created_at: String,
    updated_at: String,
    source_id: &'a str,
    thread_id: &'a str,
    content_id: &'a str,
    identity_id: &'a str,
    identity_group_id: Option<&'a str>,
    user_id: &'a str,
    category_ids: &'a [String],
    closed: bool,
    closed_at: Option<String>,
    deferred_at: Option<String>,
    status: &'static str,
    comments_count: u64,
    user_replies_count: u64,
    first_user_reply_id: Option<&'a str>,
    first_user_reply_in: Option<i64>,
    first_user_reply_in_bh: Option<i64>,
    last_user_reply_in: Option<i64>,
    last_user_reply_in_bh: Option<i64>,
    user_reply_in_average: Option<i64>,
    user_reply_in_average_bh: Option<i64>,
    user_reply_in_average_count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_fields: Option<&'a Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_field_values: Option<&'a Map<String, Value>>,
    #[serde(flatten)]
    translation: Option<Translation<'a>>,
    #[serde(flatten)]
    satisfaction: Option<Satisfaction<'a>>,
}

#[derive(Serialize)]
struct Translation<'a> {
    detected_language: &'a str,
    translation_enabled: bool,
}

#[derive(Serialize)]
struct Satisfaction<'a> {
    satisfaction_grade: Option<i64>,
    satisfaction_sent_at: String,
    satisfaction_answered_at: Option<String>,
    survey_id: &'a str,
    survey_response_id: Option<&'a str>,
}

impl<'a> InterventionView<'a> {
    pub(super) fn new(intervention: &'a Intervention, settings: &Settings, now: DateTime<Utc>) -> Self {
        let (key, replies) = (settings.custom_fields_key, &intervention.replies);
        let language = intervention.detected_language.as_deref();
        Self {
            id: &intervention.id,
            created_at: time(intervention.created_at),
            updated_at: time(intervention.updated_at),
            source_id: &intervention.source_id,
            thread_id: &intervention.thread_id,
            content_id: &intervention.content_id,
            identity_id: &intervention.identity_id,
            identity_group_id: intervention.identity_group_id.as_deref(),
            user_id: &intervention.user_id,
            category_ids: &intervention.category_ids,
            closed: intervention.closed,
            closed_at: intervention.closed_at.map(time),
            deferred_at: intervention.deferred_at.map(time),
            status: settings.language.label(intervention.status(now)),
            comments_count: intervention.comments_count,
            user_replies_count: replies.count,
            first_user_reply_id: replies.first_id.as_deref(),
            first_user_reply_in: replies.first_in,
            first_user_reply_in_bh: replies.first_in,
            last_user_reply_in: replies.last_in,
            last_user_reply_in_bh: replies.last_in,
            user_reply_in_average: replies.average_in,
            user_reply_in_average_bh: replies.average_in,
            user_reply_in_average_count: replies.average_in.map(|_| replies.exchanges),
            custom_fields: key.has_spec().then_some(&intervention.custom_fields),
            custom_field_values: key.has_live().then_some(&intervention.custom_fields),
            translation: language
                .map(|language| Translation { detected_language: language, translation_enabled: true }),
            satisfaction: intervention.survey.as_ref().map(Satisfaction::new),
        }
    }
}

impl<'a> Satisfaction<'a> {
    fn new(survey: &'a Survey) -> Self {
        Self {
            satisfaction_grade: survey.grade,
            satisfaction_sent_at: time(survey.sent_at),
            satisfaction_answered_at: survey.answered_at.map(time),
            survey_id: &survey.id,
            survey_response_id: survey.response_id.as_deref(),
        }
    }
}

/// A page of a list.
#[derive(Serialize)]
pub(super) struct List<'a> {
    /// The number on all pages.
    pub(super) count: usize,
    pub(super) offset: usize,
    pub(super) limit: usize,
    pub(super) records: Vec<InterventionView<'a>>,
}
