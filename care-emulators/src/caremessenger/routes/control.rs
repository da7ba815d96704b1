//! The control endpoints: the controller for programs in other languages.

use crate::{
    bodies::ControlErrorResponse,
    caremessenger::{
        control_error::ControlError,
        controller::Controller,
        delivery::transcript::{AttemptOutcome, DeliveryStatus, Transcript},
        provider::AssistanceRequest,
        world::World,
    },
    control::act::Act,
};
use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

/// A provider in the control endpoints' responses.
#[derive(Serialize)]
struct ProviderSummary {
    id: u64,
    r#type: &'static str,
    object_id: u64,
    email_notifiers: Vec<u64>,
    webhook_notifiers: Vec<u64>,
}

#[derive(Deserialize)]
struct NewRequest {
    provider: u64,
    resident: u64,
}

#[derive(Deserialize)]
struct NewSite {
    customer: u64,
    name: String,
}

#[derive(Deserialize)]
struct NewResident {
    site: u64,
    name: String,
}

impl From<ControlError> for ControlErrorResponse {
    fn from(error: ControlError) -> Self {
        let status = match error {
            ControlError::NotVisible { .. } => StatusCode::CONFLICT,
            ControlError::UnknownProvider { .. } | ControlError::UnknownObject { .. } => StatusCode::NOT_FOUND,
        };
        Self(status, error.to_string())
    }
}

type ControlResponse = Result<Json<Value>, ControlErrorResponse>;
type SharedWorld = State<Arc<World>>;

/// What the control endpoints offer: one row for each route below.
pub(in crate::caremessenger) fn acts() -> Vec<Act> {
    vec![
        Act::get("providers"),
        Act::get("requests"),
        Act::get("deliveries"),
        Act::post("sites", r#"{"customer":2,"name":"North"}"#),
        Act::post("residents", r#"{"site":5,"name":"Robin Example"}"#),
        Act::post("requests", r#"{"provider":10,"resident":14}"#),
        Act::post("revoke-tokens", ""),
    ]
}

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_emulator/providers", get(providers))
        .route("/_emulator/sites", post(add_site))
        .route("/_emulator/residents", post(add_resident))
        .route("/_emulator/requests", get(requests).post(request))
        .route("/_emulator/deliveries", get(deliveries))
        .route("/_emulator/revoke-tokens", post(revoke_tokens))
}

async fn providers(State(world): SharedWorld) -> Json<Vec<ProviderSummary>> {
    let providers = Controller::new(world).providers();
    let seen = providers.iter().map(|provider| ProviderSummary {
        id: provider.id,
        r#type: provider.target.kind(),
        object_id: provider.target.id(),
        email_notifiers: provider.emails.iter().map(|notifier| notifier.id).collect(),
        webhook_notifiers: provider.webhooks.iter().map(|notifier| notifier.id).collect(),
    });
    Json(seen.collect())
}

async fn add_site(State(world): SharedWorld, Json(NewSite { customer, name }): Json<NewSite>) -> ControlResponse {
    Ok(Json(json!({ "id": Controller::new(world).add_site(customer, &name)? })))
}

async fn add_resident(
    State(world): SharedWorld,
    Json(NewResident { site, name }): Json<NewResident>,
) -> ControlResponse {
    Ok(Json(json!({ "id": Controller::new(world).add_resident(site, &name)? })))
}

fn shown(request: &AssistanceRequest) -> Value {
    let AssistanceRequest { id, provider, resident, mailed, posted, .. } = request;
    json!({ "id": id, "provider": provider, "resident": resident, "mailed": mailed, "posted": posted })
}

async fn requests(State(world): SharedWorld) -> Json<Value> {
    Json(Controller::new(world).requests().iter().map(shown).collect())
}

async fn request(
    State(world): SharedWorld,
    Json(NewRequest { provider, resident }): Json<NewRequest>,
) -> ControlResponse {
    Ok(Json(shown(&Controller::new(world).request_assistance(provider, resident)?)))
}

async fn deliveries(State(world): SharedWorld) -> Json<Value> {
    let shown = |transcript: &Transcript| {
        let status = match transcript.status {
            DeliveryStatus::InProgress => "in progress",
            DeliveryStatus::Delivered => "delivered",
            DeliveryStatus::Abandoned => "abandoned",
            DeliveryStatus::GivenUp => "given up",
        };
        let attempts = transcript.attempts.iter().map(|attempt| {
            let (outcome, status) = match attempt.outcome {
                AttemptOutcome::Acknowledged(status) => ("acknowledged", Some(status.as_u16())),
                AttemptOutcome::NotAcknowledged(status) => ("not acknowledged", Some(status.as_u16())),
                AttemptOutcome::NoConnection => ("no connection", None),
                AttemptOutcome::Dropped => ("dropped", None),
                AttemptOutcome::TimedOut => ("timed out", None),
                AttemptOutcome::Unroutable => ("unroutable", None),
            };
            json!({ "seconds": attempt.at.as_secs_f64(), "outcome": outcome, "status": status })
        });
        let attempts: Vec<_> = attempts.collect();
        let Transcript { request, notifier, .. } = transcript;
        json!({ "request": request, "notifier": notifier, "status": status, "attempts": attempts })
    };
    Json(Controller::new(world).deliveries().iter().map(shown).collect())
}

async fn revoke_tokens(State(world): SharedWorld) -> StatusCode {
    Controller::new(world).revoke_tokens();
    StatusCode::NO_CONTENT
}
