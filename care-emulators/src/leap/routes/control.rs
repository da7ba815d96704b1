//! Customers and agents for programs in other languages.

use std::sync::Arc;

use axum::extract::{Path, State as Shared};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::super::control_error::ControlError;
use super::super::controller::Controller;
use super::super::new_request::NewRequest;
use super::super::state::State;
use super::super::support_request::SupportRequest;
use super::super::world::World;
use crate::control::NotDone;

/// A request as the control endpoints show it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    id: String,
    external_id: Option<String>,
    state: State,
    unacked: bool,
    updates: usize,
    mails: usize,
}

impl From<SupportRequest> for Seen {
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

impl From<ControlError> for NotDone {
    fn from(error: ControlError) -> Self {
        let status = match error {
            ControlError::UnknownRequest { .. } => StatusCode::NOT_FOUND,
            ControlError::EmptyText => StatusCode::BAD_REQUEST,
            _ => StatusCode::CONFLICT,
        };
        Self(status, error.to_string())
    }
}

type Answer = Result<Json<Seen>, NotDone>;
type Handle = Shared<Arc<World>>;

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_emulator/requests", get(list).post(raise))
        .route("/_emulator/requests/{id}/assign", post(assign))
        .route("/_emulator/requests/{id}/comment", post(comment))
        .route("/_emulator/requests/{id}/change-state", post(change_state))
}

fn seen(portal: &Controller, id: &str) -> Answer {
    Ok(Json(portal.request(id)?.into()))
}

async fn list(Shared(world): Handle) -> Json<Vec<Seen>> {
    Json(world.registry().all().cloned().map(Seen::from).collect())
}

async fn raise(Shared(world): Handle, Json(new): Json<NewRequest>) -> Answer {
    let portal = Controller::new(world);
    let id = portal.raise(new)?;
    seen(&portal, &id)
}

async fn assign(Shared(world): Handle, Path(id): Path<String>, Json(order): Json<Assignment>) -> Answer {
    let portal = Controller::new(world);
    portal.assign(&id, &order.agent)?;
    seen(&portal, &id)
}

async fn comment(Shared(world): Handle, Path(id): Path<String>, Json(order): Json<Comment>) -> Answer {
    let portal = Controller::new(world);
    portal.comment(&id, &order.by, &order.text)?;
    seen(&portal, &id)
}

async fn change_state(Shared(world): Handle, Path(id): Path<String>, Json(order): Json<Change>) -> Answer {
    let portal = Controller::new(world);
    portal.change_state(&id, order.state, &order.by, &order.comment)?;
    seen(&portal, &id)
}
