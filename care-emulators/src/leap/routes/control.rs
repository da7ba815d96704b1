//! Customers and agents by HTTP, for programs in any language.

use crate::{
    bodies::ControlErrorResponse,
    control::act::Act,
    leap::{
        controller::Controller,
        new_request::NewRequest,
        state::{ControlError, State},
        support_request::SupportRequest,
        world::World,
    },
};
use axum::{
    Json, Router,
    extract::{Path, State as Shared},
    routing::{get, post},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A request in the responses of the control endpoints.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestSummary {
    id: String,
    external_id: Option<String>,
    state: State,
    unacked: bool,
    updates: usize,
    mails: usize,
}

impl From<SupportRequest> for RequestSummary {
    fn from(request: SupportRequest) -> Self {
        let unacked = request.is_unacked(true);
        let SupportRequest { id, external_id, state, updates, mails, .. } = request;
        Self { id, external_id, state, unacked, updates: updates.len(), mails: mails.len() }
    }
}

#[derive(Deserialize)]
struct Comment {
    by: String,
    text: String,
}

#[derive(Deserialize)]
struct Assignment {
    agent: String,
}

#[derive(Deserialize)]
struct Change {
    state: State,
    by: String,
    #[serde(default)]
    comment: String,
}

impl From<ControlError> for ControlErrorResponse {
    fn from(error: ControlError) -> Self {
        let status = match error {
            ControlError::UnknownRequest { .. } => StatusCode::NOT_FOUND,
            ControlError::EmptyText => StatusCode::BAD_REQUEST,
            _ => StatusCode::CONFLICT,
        };
        Self(status, error.to_string())
    }
}

type ControlResponse = Result<Json<RequestSummary>, ControlErrorResponse>;
type Handle = Shared<Arc<World>>;

/// What the control endpoints offer: one row for each route below.
pub(in crate::leap) fn acts() -> Vec<Act> {
    vec![
        Act::get("requests"),
        Act::post("requests", r#"{"topic":"Lighting","summary":"It is dark"}"#),
        Act::post("requests/{id}/assign", r#"{"agent":"Kim Example"}"#),
        Act::post("requests/{id}/comment", r#"{"by":"Kim Example","text":"On my way"}"#),
        Act::post("requests/{id}/change-state", r#"{"state":"SUCCESSFUL","by":"Kim Example"}"#),
    ]
}

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_emulator/requests", get(list).post(raise))
        .route("/_emulator/requests/{id}/assign", post(assign))
        .route("/_emulator/requests/{id}/comment", post(comment))
        .route("/_emulator/requests/{id}/change-state", post(change_state))
}

fn summary(controller: &Controller, id: &str) -> ControlResponse {
    Ok(Json(controller.request(id)?.into()))
}

async fn list(Shared(world): Handle) -> Json<Vec<RequestSummary>> {
    Json(world.registry().all().cloned().map(RequestSummary::from).collect())
}

async fn raise(Shared(world): Handle, Json(new): Json<NewRequest>) -> ControlResponse {
    let controller = Controller::new(world);
    let id = controller.raise(new)?;
    summary(&controller, &id)
}

async fn assign(Shared(world): Handle, Path(id): Path<String>, Json(body): Json<Assignment>) -> ControlResponse {
    let controller = Controller::new(world);
    controller.assign(&id, &body.agent)?;
    summary(&controller, &id)
}

async fn comment(Shared(world): Handle, Path(id): Path<String>, Json(body): Json<Comment>) -> ControlResponse {
    let controller = Controller::new(world);
    controller.comment(&id, &body.by, &body.text)?;
    summary(&controller, &id)
}

async fn change_state(Shared(world): Handle, Path(id): Path<String>, Json(body): Json<Change>) -> ControlResponse {
    let controller = Controller::new(world);
    controller.change_state(&id, body.state, &body.by, &body.comment)?;
    summary(&controller, &id)
}
