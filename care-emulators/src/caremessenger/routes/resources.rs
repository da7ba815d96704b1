//! The list of resources, and their lists and details.

use crate::{
    bodies::form_pairs,
    caremessenger::{
        directory::Target, error_response::ErrorResponse, routes::pages::PageRequest, view::View, world::World,
    },
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
};
use http::StatusCode;
use serde_json::Value;
use std::sync::Arc;

/// The names of all resources, in the vendor's order.
const NAMES: [&str; 23] = [
    "customer",
    "site",
    "user",
    "resident",
    "customer-admin",
    "staff",
    "supporter",
    "supporter-resident-association",
    "set-top-box",
    "set-top-box-log",
    "message-set",
    "message-recipient",
    "message-image",
    "message-video",
    "scheduled-message-set",
    "scheduled-message-set-rule",
    "pusher-log",
    "webhook",
    "webhook-log",
    "mobile-device",
    PROVIDERS,
    "assistance-request",
    "assistance-request-status",
];

const PROVIDERS: &str = "assistance-provider";

/// The path of a resource: its name, with one exception.
fn path_of(name: &str) -> &str {
    if name == "resident" { "resident-temp" } else { name }
}

fn name_of(path: &str) -> Option<&'static str> {
    NAMES.into_iter().find(|name| path_of(name) == path)
}

/// Fails for a format other than JSON.
fn is_json(query: Option<&str>) -> Result<(), ErrorResponse> {
    let pairs = form_pairs(query.unwrap_or_default()).unwrap_or_default();
    let format = pairs.iter().find(|(name, _)| name == "format");
    match format {
        Some((_, format)) if format != "json" => {
            Err(ErrorResponse::new(StatusCode::NOT_ACCEPTABLE, "The emulator supports only JSON."))
        }
        _ => Ok(()),
    }
}

type Shared = State<Arc<World>>;

pub(super) async fn root(State(world): Shared, RawQuery(query): RawQuery) -> Result<Json<Value>, ErrorResponse> {
    is_json(query.as_deref())?;
    let link = |name: &str| Value::String(format!("{}/v2/{}", world.settings.links, path_of(name)));
    Ok(Json(NAMES.into_iter().map(|name| (name.to_owned(), link(name))).collect()))
}

pub(super) async fn providers(State(world): Shared, RawQuery(query): RawQuery) -> Result<Json<Value>, ErrorResponse> {
    answer(&world, PROVIDERS, query.as_deref())
}

pub(super) async fn list(
    State(world): Shared,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, ErrorResponse> {
    answer(&world, name_of(&path).ok_or_else(ErrorResponse::not_found)?, query.as_deref())
}

pub(super) async fn detail(
    State(world): Shared,
    Path((path, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, ErrorResponse> {
    is_json(query.as_deref())?;
    let items = items(&world, name_of(&path).ok_or_else(ErrorResponse::not_found)?);
    let found = items.into_iter().find(|(number, _)| number.to_string() == id);
    found.map(|(_, item)| Json(item)).ok_or_else(ErrorResponse::not_found)
}

fn answer(world: &World, name: &str, query: Option<&str>) -> Result<Json<Value>, ErrorResponse> {
    is_json(query)?;
    let path = format!("/v2/{}", path_of(name));
    PageRequest { settings: &world.settings, path: &path, query }.page(items(world, name)).map(Json)
}

/// All items of a resource, by their numbers. Resources that aren't emulated have none.
fn items(world: &World, name: &str) -> Vec<(u64, Value)> {
    let state = &*world.state();
    let view = View { settings: &world.settings, state };
    let objects = |ids: Vec<u64>, target: fn(u64) -> Target| {
        ids.into_iter().map(|id| (id, view.object(target(id)))).collect::<Vec<_>>()
    };
    match name {
        "customer" => objects(state.customers.keys().copied().collect(), Target::Customer),
        "site" => objects(state.sites.keys().copied().collect(), Target::Site),
        "resident" => objects(state.residents.keys().copied().collect(), Target::Resident),
        PROVIDERS => state.providers.values().map(|provider| (provider.id, view.provider(provider))).collect(),
        "assistance-request" => state.requests.values().map(|request| (request.id, view.request(request))).collect(),
        _ => Vec::new(),
    }
}
