//! The control endpoints: the controller for programs in other languages.

use crate::{
    bodies::ControlErrorResponse,
    control::act::Act,
    engagement::{
        content::NewContent,
        control_error::ControlError,
        controller::{Controller, interventions::ACTIONS},
        intervention::Intervention,
        world::World,
    },
};
use axum::{
    Json, Router,
    extract::{Path, State as Shared},
    routing::{get, post},
};
use chrono::{DateTime, SecondsFormat, Utc};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An intervention in the control endpoints' responses.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InterventionSummary {
    id: String,
    content: String,
    agent: String,
    closed: bool,
    deferred_until: Option<String>,
    replies: u64,
    comments: u64,
    categories: Vec<String>,
}

impl From<Intervention> for InterventionSummary {
    fn from(intervention: Intervention) -> Self {
        let Intervention { id, content_id, user_id, closed, deferred_at, category_ids, .. } = intervention;
        Self {
            id,
            content: content_id,
            agent: user_id,
            closed,
            deferred_until: deferred_at.map(|until| until.to_rfc3339_opts(SecondsFormat::Secs, true)),
            replies: intervention.replies.count,
            comments: intervention.comments_count,
            categories: category_ids,
        }
    }
}

/// The intervention after an action; null once it is removed.
#[derive(Serialize)]
struct ActionResult {
    intervention: Option<InterventionSummary>,
}

impl From<ControlError> for ControlErrorResponse {
    fn from(error: ControlError) -> Self {
        let status = match error {
            ControlError::UnknownIntervention { .. } => StatusCode::NOT_FOUND,
            ControlError::UnknownContent { .. }
            | ControlError::UnknownAgent { .. }
            | ControlError::UnknownSource { .. } => StatusCode::BAD_REQUEST,
            _ => StatusCode::CONFLICT,
        };
        Self(status, error.to_string())
    }
}

#[derive(Deserialize)]
struct Deferral {
    until: String,
}

#[derive(Deserialize)]
struct Assignment {
    agent: String,
}

#[derive(Deserialize)]
struct Categories {
    categories: Vec<String>,
}

type ControlResponse = Result<Json<ActionResult>, ControlErrorResponse>;
type SharedWorld = Shared<Arc<World>>;

/// What the control endpoints offer: one row for each route below.
pub(in crate::engagement) fn acts() -> Vec<Act> {
    let actions = ACTIONS.map(|(name, _)| name);
    vec![
        Act::get("interventions"),
        Act::post("interventions", r#"{"thread":"one","identity":"one"}"#),
        Act::post("interventions/{id}/defer", r#"{"until":"2030-01-01T00:00:00Z"}"#),
        Act::post("interventions/{id}/reassign", r#"{"agent":"…"}"#),
        Act::post("interventions/{id}/categorize", r#"{"categories":["…"]}"#),
        Act::post(&format!("interventions/{{id}}/{{{}}}", actions.join("|")), ""),
    ]
}

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_emulator/interventions", get(list).post(open))
        .route("/_emulator/interventions/{id}/defer", post(defer))
        .route("/_emulator/interventions/{id}/reassign", post(reassign))
        .route("/_emulator/interventions/{id}/categorize", post(categorize))
        .route("/_emulator/interventions/{id}/{action}", post(act))
}

fn action_result(controller: &Controller, id: &str) -> ControlResponse {
    Ok(Json(ActionResult { intervention: controller.intervention(id).ok().map(InterventionSummary::from) }))
}

async fn list(Shared(world): SharedWorld) -> Json<Vec<InterventionSummary>> {
    Json(world.state().store.newest_first().cloned().map(InterventionSummary::from).collect())
}

/// Adds a content and opens an intervention on it.
async fn open(Shared(world): SharedWorld, Json(content): Json<NewContent>) -> ControlResponse {
    let controller = Controller::new(world);
    let id = controller.open(&controller.add_content(content)?)?;
    action_result(&controller, &id)
}

async fn act(Shared(world): SharedWorld, Path((id, action)): Path<(String, String)>) -> ControlResponse {
    let known = ACTIONS.iter().find(|(name, _)| *name == action);
    let unknown = || ControlErrorResponse(StatusCode::NOT_FOUND, format!("unknown action {action}"));
    let (_, action) = known.ok_or_else(unknown)?;
    let controller = Controller::new(world);
    action(&controller, &id)?;
    action_result(&controller, &id)
}

async fn defer(Shared(world): SharedWorld, Path(id): Path<String>, Json(body): Json<Deferral>) -> ControlResponse {
    let unreadable =
        |_| ControlErrorResponse(StatusCode::BAD_REQUEST, "`until` must be an RFC 3339 timestamp".to_owned());
    let until = DateTime::parse_from_rfc3339(&body.until).map_err(unreadable)?;
    let controller = Controller::new(world);
    controller.defer(&id, until.with_timezone(&Utc))?;
    action_result(&controller, &id)
}

async fn reassign(Shared(world): SharedWorld, Path(id): Path<String>, Json(body): Json<Assignment>) -> ControlResponse {
    let controller = Controller::new(world);
    controller.reassign(&id, &body.agent)?;
    action_result(&controller, &id)
}

async fn categorize(
    Shared(world): SharedWorld,
    Path(id): Path<String>,
    Json(body): Json<Categories>,
) -> ControlResponse {
    let controller = Controller::new(world);
    controller.categorize(&id, body.categories)?;
    action_result(&controller, &id)
}
