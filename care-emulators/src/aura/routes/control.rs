//! The control room by HTTP, for programs in any language.

use super::extract::{Id, json};
use crate::{
    aura::{
        controller::{ACTIONS, Controller},
        error_response::ErrorResponse,
        record::Record,
        status::{ControlError, Status},
        world::World,
    },
    control::act::Act,
};
use axum::{
    Json, Router,
    extract::{Path, State, rejection::PathRejection},
    routing::{get, post},
};
use bytes::Bytes;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A callout in the answers of the control endpoints.
#[derive(Serialize)]
struct CalloutSummary {
    id: u64,
    status: Status,
    dismissed: bool,
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

impl From<ControlError> for ErrorResponse {
    fn from(error: ControlError) -> Self {
        match error {
            ControlError::UnknownCallout { .. } => Self::no_callout(),
            ControlError::EmptyText => Self::malformed(error.to_string()),
            _ => Self::conflict(error.to_string()),
        }
    }
}

/// What the control endpoints offer: one row for each route below.
pub(in crate::aura) fn acts() -> Vec<Act> {
    let actions = ACTIONS.map(|(name, _)| name);
    vec![
        Act::get("callouts"),
        Act::post("callouts/{id}/message", r#"{"text":"Help is on its way"}"#),
        Act::post(&format!("callouts/{{id}}/{{{}}}", actions.join("|")), ""),
    ]
}

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_emulator/callouts", get(list))
        .route("/_emulator/callouts/{id}/message", post(send_message))
        .route("/_emulator/callouts/{id}/{action}", post(act))
}

fn summary(controller: &Controller, id: u64) -> Result<Json<CalloutSummary>, ErrorResponse> {
    Ok(Json(CalloutSummary { id, status: controller.status(id)?, dismissed: controller.dismissed(id)? }))
}

async fn list(State(world): State<Arc<World>>) -> Json<Vec<CalloutSummary>> {
    let state = world.state();
    let summary = |(&id, record): (&u64, &Record)| CalloutSummary {
        id,
        status: record.status(),
        dismissed: record.is_dismissed(),
    };
    Json(state.records.iter().map(summary).collect())
}

async fn act(
    State(world): State<Arc<World>>,
    path: Result<Path<(u64, String)>, PathRejection>,
) -> Result<Json<CalloutSummary>, ErrorResponse> {
    let Path((id, name)) = path.map_err(|_| ErrorResponse::no_callout())?;
    let (_, action) = ACTIONS.iter().find(|(known, _)| *known == name).ok_or_else(ErrorResponse::no_path)?;
    let controller = Controller::new(world);
    action(&controller, id)?;
    summary(&controller, id)
}

async fn send_message(
    State(world): State<Arc<World>>,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<CalloutSummary>, ErrorResponse> {
    let Text { text } = json(&headers, &body)?;
    let controller = Controller::new(world);
    controller.send_message(id, text)?;
    summary(&controller, id)
}
