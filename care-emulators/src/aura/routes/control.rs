//! The control room for programs in other languages.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use http::HeaderMap;
use serde::{Deserialize, Serialize};

use super::super::control_error::ControlError;
use super::super::controller::{ACTIONS, Controller};
use super::super::refusal::Refusal;
use super::super::status::Status;
use super::super::world::World;
use super::body::json;

/// A callout as the control endpoints show it.
#[derive(Serialize)]
struct Seen {
    id: u64,
    status: Status,
    dismissed: bool,
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

impl From<ControlError> for Refusal {
    fn from(error: ControlError) -> Self {
        match error {
            ControlError::UnknownCallout { .. } => Self::no_callout(),
            ControlError::EmptyText => Self::malformed(error.to_string()),
            _ => Self::conflict(error.to_string()),
        }
    }
}

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_emulator/callouts", get(list))
        .route("/_emulator/callouts/{id}/say", post(say))
        .route("/_emulator/callouts/{id}/{action}", post(act))
}

fn seen(room: &Controller, id: u64) -> Result<Json<Seen>, Refusal> {
    Ok(Json(Seen { id, status: room.status(id)?, dismissed: room.dismissed(id)? }))
}

async fn list(State(world): State<Arc<World>>) -> Json<Vec<Seen>> {
    let state = world.state();
    let seen = |(&id, case): (&u64, &super::super::case::Case)| Seen {
        id,
        status: case.status(),
        dismissed: case.is_dismissed(),
    };
    Json(state.cases.iter().map(seen).collect())
}

async fn act(
    State(world): State<Arc<World>>,
    path: Result<Path<(u64, String)>, axum::extract::rejection::PathRejection>,
) -> Result<Json<Seen>, Refusal> {
    let Path((id, name)) = path.map_err(|_| Refusal::no_callout())?;
    let (_, action) = ACTIONS.iter().find(|(known, _)| *known == name).ok_or_else(Refusal::no_path)?;
    let room = Controller::new(world);
    action(&room, id)?;
    seen(&room, id)
}

async fn say(
    State(world): State<Arc<World>>,
    super::body::Id(id): super::body::Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Seen>, Refusal> {
    let Text { text } = json(&headers, &body)?;
    let room = Controller::new(world);
    room.say(id, text)?;
    seen(&room, id)
}
