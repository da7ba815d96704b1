//! Surveys that customers are sent after a conversation, and their answers.

use crate::{
    endpoints::{Collection, Get, ListAll},
    handle::handle,
    ids::{CategoryId, InterventionId, SourceId, SurveyId, SurveyResponseId, TeamId, UserId},
    resource::{operation, resource},
};
use care_client_core::{
    Call, Operation, Personal,
    wire::{number, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A survey that customers are sent after a conversation.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Survey",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Survey {
    /// Its id.
    pub id: SurveyId,
    /// Its name.
    pub name: Option<String>,
    /// The address that customers get.
    pub link: Option<String>,
    /// Whether it is in use.
    pub active: Option<bool>,
    /// The name of the sender.
    pub from_name: Option<String>,
    /// Seconds after the last message until which it is sent at once.
    #[serde(default, with = "number::option")]
    pub instant_send_threshold: Option<f64>,
    /// Seconds after the last reply from which it is sent no more.
    #[serde(default, with = "number::option")]
    pub max_time_since_last_reply: Option<f64>,
    /// Seconds until it is sent.
    #[serde(default, with = "number::option")]
    pub send_delay: Option<f64>,
    /// The categories that it is for.
    pub category_ids: Option<Vec<CategoryId>>,
    /// The teams that it is for.
    pub team_ids: Option<Vec<TeamId>>,
    /// The sources that it is for.
    pub source_ids: Option<Vec<SourceId>>,
    /// Its kind, such as `alchemer`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its questions.
    pub questions: Option<Vec<SurveyQuestion>>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// A question of a survey.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "SurveyQuestion",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SurveyQuestion {
    /// Its id in the survey's system.
    pub foreign_id: Option<String>,
    /// Whether it is the main indicator.
    pub main: Option<bool>,
    /// The question.
    pub text: Option<String>,
    /// What can be answered.
    pub choices: Option<Vec<SurveyChoice>>,
}

/// A choice of a question.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "SurveyQuestionChoices",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SurveyChoice {
    /// The text.
    pub text: Option<String>,
    /// Its value.
    pub value: Option<String>,
}

/// A customer's answer to a survey.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "SurveyResponse",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SurveyResponse {
    /// Its id.
    pub id: SurveyResponseId,
    /// The value of the main question.
    #[serde(default, with = "number::option")]
    pub main_indicator: Option<i64>,
    /// The same, scaled to a common range.
    #[serde(default, with = "number::option")]
    pub main_indicator_scaled: Option<f64>,
    /// The intervention that it is about.
    pub intervention_id: Option<InterventionId>,
    /// The survey.
    pub survey_id: Option<SurveyId>,
    /// The source.
    pub source_id: Option<SourceId>,
    /// The agent.
    pub user_id: Option<UserId>,
    /// Its id in the survey's system.
    pub response_foreign_id: Option<String>,
    /// The questions with their answers.
    pub questions: Option<Vec<SurveyAnswer>>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// A question with what the customer answered.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "SurveyResponseQuestion",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SurveyAnswer {
    /// The question's id in the survey's system.
    pub foreign_id: Option<String>,
    /// The question.
    pub text: Option<String>,
    /// The answers.
    pub replies: Option<Vec<SurveyReply>>,
}

/// What a customer answered.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "SurveyQuestionReply",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SurveyReply {
    /// The text.
    pub text: Option<Personal<String>>,
    /// Its value.
    pub value: Option<Personal<String>>,
}

resource! { Survey(SurveyId) at "surveys", called "the survey", named "surveys" { get } }
resource! {
    SurveyResponse(SurveyResponseId) at "survey_responses", called "the answer to the survey",
    named "survey_responses" { get }
}

impl Collection for Survey {
    const ALL: Operation = operation!("surveys", "list", Read, "surveys");
    const PATH: &'static [&'static str] = &["surveys"];
}

handle! {
    /// Surveys and what customers answered. It needs the permission `read_surveys`.
    /// Returned by [`Engagement::surveys`](crate::Engagement::surveys).
    Surveys
}

impl Surveys<'_> {
    /// Lists all surveys: `GET /surveys`. The service doesn't page this list.
    pub fn list(self) -> Call<ListAll<Survey>> {
        self.pipeline.call(ListAll::new())
    }

    /// Gets one survey: `GET /surveys/{surveyId}`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is invalid. 404 if there is none with this id.
    pub fn get(self, id: impl Into<SurveyId>) -> Call<Get<Survey>> {
        self.pipeline.call(Get::new(id.into()))
    }

    /// Gets a customer's answer to a survey: `GET /survey_responses/{surveyResponseId}`.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    pub fn response(self, id: impl Into<SurveyResponseId>) -> Call<Get<SurveyResponse>> {
        self.pipeline.call(Get::new(id.into()))
    }
}
