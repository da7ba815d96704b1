//! The control endpoints: the controller for programs in other languages.

use crate::{
    bodies::ControlErrorResponse,
    control::act::Act,
    newfies::{
        control_error::ControlError,
        controller::{Controller, calls::ACTIONS},
        rows::{alarm::Alarm, user::NewUser},
        timestamp::api_format,
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
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

/// An alarm in the control endpoints' responses.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AlarmSummary {
    id: u64,
    event: u64,
    method: i64,
    status: i64,
    result: Option<i64>,
    attempts: Option<i32>,
    due: String,
}

impl From<Alarm> for AlarmSummary {
    fn from(alarm: Alarm) -> Self {
        let Alarm { id, event, method, status, result, num_attempt, date_start_notice, .. } = alarm;
        Self { id, event, method, status, result, attempts: num_attempt, due: api_format(date_start_notice) }
    }
}

impl From<ControlError> for ControlErrorResponse {
    fn from(error: ControlError) -> Self {
        let status = match error {
            ControlError::UnknownRow { .. } | ControlError::UnknownUser { .. } => StatusCode::NOT_FOUND,
            ControlError::NoCall { .. }
            | ControlError::NoSetting { .. }
            | ControlError::HasProfile { .. }
            | ControlError::UsernameTaken { .. } => StatusCode::CONFLICT,
            _ => StatusCode::BAD_REQUEST,
        };
        Self(status, error.to_string())
    }
}

#[derive(Deserialize)]
struct AdvanceBody {
    seconds: u64,
}

#[derive(Deserialize)]
struct PressBody {
    keys: String,
}

#[derive(Deserialize)]
struct NewUserBody {
    username: String,
    password: String,
    #[serde(default)]
    superuser: bool,
}

#[derive(Deserialize)]
struct NewCalendarUserBody {
    manager: String,
    username: String,
    password: String,
}

/// A user made by the API, who has no profile yet.
#[derive(Deserialize)]
struct NewProfileBody {
    manager: String,
    username: String,
}

type Handle = Shared<Arc<World>>;
type ControlResponse = Result<Json<AlarmSummary>, ControlErrorResponse>;

/// What the control endpoints offer: one row for each route below.
pub(in crate::newfies) fn acts() -> Vec<Act> {
    let actions = ACTIONS.map(|(name, _)| name);
    vec![
        Act::get("alarms"),
        Act::post("alarms/{id}/press", r#"{"keys":"1"}"#),
        Act::post(&format!("alarms/{{id}}/{{{}}}", actions.join("|")), ""),
        Act::post("advance", r#"{"seconds":60}"#),
        Act::post("dispatch", ""),
        Act::post("users", r#"{"username":"…","password":"…"}"#),
        Act::post("calendar-users", r#"{"manager":"…","username":"…","password":"…"}"#),
        Act::post("profiles", r#"{"manager":"…","username":"…"}"#),
    ]
}

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_emulator/alarms", get(list))
        .route("/_emulator/alarms/{id}/press", post(press))
        .route("/_emulator/alarms/{id}/{action}", post(act))
        .route("/_emulator/advance", post(advance))
        .route("/_emulator/dispatch", post(dispatch))
        .route("/_emulator/users", post(add_user))
        .route("/_emulator/calendar-users", post(add_calendar_user))
        .route("/_emulator/profiles", post(give_profile))
}

fn seen(controller: &Controller, id: u64) -> ControlResponse {
    Ok(Json(controller.alarm(id)?.into()))
}

fn all(controller: &Controller) -> Json<Vec<AlarmSummary>> {
    Json(controller.alarms().into_iter().map(AlarmSummary::from).collect())
}

async fn list(Shared(world): Handle) -> Json<Vec<AlarmSummary>> {
    all(&Controller::new(world))
}

async fn act(Shared(world): Handle, Path((id, action)): Path<(u64, String)>) -> ControlResponse {
    let known = ACTIONS.iter().find(|(name, _)| *name == action);
    let unknown = || ControlErrorResponse(StatusCode::NOT_FOUND, format!("unknown action {action}"));
    let (_, action) = known.ok_or_else(unknown)?;
    let controller = Controller::new(world);
    action(&controller, id)?;
    seen(&controller, id)
}

async fn press(Shared(world): Handle, Path(id): Path<u64>, Json(body): Json<PressBody>) -> ControlResponse {
    let controller = Controller::new(world);
    controller.press(id, &body.keys)?;
    seen(&controller, id)
}

/// Advances the clock, and returns all alarms.
async fn advance(Shared(world): Handle, Json(body): Json<AdvanceBody>) -> Json<Vec<AlarmSummary>> {
    world.clock.advance(Duration::from_secs(body.seconds));
    all(&Controller::new(world))
}

async fn dispatch(Shared(world): Handle) -> Json<Vec<AlarmSummary>> {
    let controller = Controller::new(world);
    controller.dispatch_due();
    all(&controller)
}

/// The id of the created object.
type CreatedId = Result<Json<Value>, ControlErrorResponse>;

/// Adds a user with every permission.
async fn add_user(Shared(world): Handle, Json(body): Json<NewUserBody>) -> CreatedId {
    let user = NewUser::new(&body.username, &body.password).every_permission();
    let id = Controller::new(world).add_user(if body.superuser { user.superuser() } else { user })?;
    Ok(Json(json!({ "id": id })))
}

/// Adds a calendar user as the web pages do.
async fn add_calendar_user(Shared(world): Handle, Json(body): Json<NewCalendarUserBody>) -> CreatedId {
    let NewCalendarUserBody { manager, username, password } = body;
    let id = Controller::new(world).add_calendar_user(&manager, &username, &password)?;
    Ok(Json(json!({ "id": id })))
}

/// Adds the missing profile of a calendar user as the web pages do.
async fn give_profile(Shared(world): Handle, Json(body): Json<NewProfileBody>) -> CreatedId {
    let id = Controller::new(world).give_profile(&body.manager, &body.username)?;
    Ok(Json(json!({ "id": id })))
}
