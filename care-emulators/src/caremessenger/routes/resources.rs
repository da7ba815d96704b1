//! The list of resources, their lists with paging, and their details.

use crate::{
    bodies::form_pairs,
    caremessenger::{
        directory::Target,
        error_response::ErrorResponse,
        settings::{ListShape, Paging, Settings},
        view::View,
        world::World,
    },
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
};
use http::StatusCode;
use serde_json::{Value, json};
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

/// A request for a page of a list.
pub(super) struct PageRequest<'a> {
    pub(super) settings: &'a Settings,
    /// The path without the prefix.
    pub(super) path: &'a str,
    pub(super) query: Option<&'a str>,
}

impl PageRequest<'_> {
    /// The requested page of items, which are sorted by their numbers.
    pub(super) fn page(&self, items: Vec<(u64, Value)>) -> Result<Value, ErrorResponse> {
        let settings = self.settings;
        if settings.list_shape == ListShape::Bare {
            return Ok(items.into_iter().map(|(_, item)| item).collect());
        }
        let query = form_pairs(self.query.unwrap_or_default()).unwrap_or_default();
        let number = |key: &str| {
            let sent = query.iter().find(|(name, _)| name == key);
            sent.map(|(_, value)| value.parse::<u64>().map_err(|_| ErrorResponse::not_found())).transpose()
        };
        let asked = usize::try_from(number("limit")?.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        let size = match settings.paging {
            Paging::Offset => asked.clamp(1, settings.page_size),
            Paging::Number | Paging::Cursor => settings.page_size,
        };
        let begin = match settings.paging {
            Paging::Number => {
                number("page")?.unwrap_or(1).checked_sub(1).and_then(|page| page.checked_mul(size as u64))
            }
            Paging::Offset => Some(number("offset")?.unwrap_or(0)),
            Paging::Cursor => {
                let last = number("cursor")?.unwrap_or(0);
                Some(items.iter().filter(|(id, _)| *id <= last).count() as u64)
            }
        };
        let begin = usize::try_from(begin.ok_or_else(ErrorResponse::not_found)?).unwrap_or(usize::MAX);
        // An empty list has one empty page.
        if settings.paging == Paging::Number && begin > 0 && begin >= items.len() {
            return Err(ErrorResponse::not_found());
        }
        let end = begin.saturating_add(size).min(items.len());
        let shown = items.get(begin..end).unwrap_or_default();
        let leads_to = |begin: usize| self.link(&query, &items, begin, size);
        let next =
            if end < items.len() { Some(leads_to(end)) } else { settings.endless_lists.then(|| leads_to(begin)) };
        let previous = (begin > 0).then(|| leads_to(begin.saturating_sub(size)));
        let results: Vec<&Value> = shown.iter().map(|(_, item)| item).collect();
        Ok(json!({ "count": items.len(), "next": next, "previous": previous, "results": results }))
    }

    /// The link to the page that starts with item `begin`.
    fn link(&self, query: &[(String, String)], items: &[(u64, Value)], begin: usize, size: usize) -> String {
        let own = match self.settings.paging {
            Paging::Number => vec![("page", (begin / size + 1).to_string())],
            Paging::Offset => vec![("limit", size.to_string()), ("offset", begin.to_string())],
            Paging::Cursor => {
                let last = begin.checked_sub(1).and_then(|last| items.get(last));
                vec![("cursor", last.map_or(0, |(id, _)| *id).to_string())]
            }
        };
        let others = query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let others = others.filter(|(name, _)| !own.iter().any(|(own, _)| own == name));
        let all = others.chain(own.iter().map(|(name, value)| (*name, value.as_str())));
        let query: Vec<_> =
            all.map(|(name, value)| format!("{}={}", percent_encoded(name), percent_encoded(value))).collect();
        format!("{}{}?{}", self.settings.links, self.path, query.join("&"))
    }
}

fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
