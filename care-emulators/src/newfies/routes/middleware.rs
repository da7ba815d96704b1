//! What runs before and after every view: hooks, host check, routing, format negotiation, authentication, permissions
//! and session cookies.

use crate::{
    bodies::form_pairs,
    newfies::{
        links::Links,
        request_context::{ViewRequest, ViewResult, admit},
        response::{ErrorResponse, Format, Reply, bad_host, crash, render},
        routes::{
            actions,
            routing::{Route, Target},
        },
        world::{State, World},
    },
};
use axum::{
    extract::{Request, State as Shared},
    response::{Html, IntoResponse, Response},
};
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{ACCEPT, COOKIE, HOST, LOCATION, SET_COOKIE, WWW_AUTHENTICATE},
    request::Parts,
};
use http_body_util::BodyExt;
use serde_json::json;
use std::sync::Arc;

pub(super) async fn handle(Shared(world): Shared<Arc<World>>, request: Request) -> Response {
    let answered = async |request: Request| {
        let (head, body) = request.into_parts();
        // The body is already in memory.
        let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        answer(&world, &head, &body)
    };
    world.hooks.around(&world, request, answered).await
}

/// The host of the request.
fn host(world: &World, head: &Parts) -> String {
    let named = head.headers.get(HOST).and_then(|host| host.to_str().ok());
    let named = named.or_else(|| head.uri.authority().map(http::uri::Authority::as_str));
    named.unwrap_or(&world.settings.fallback_host).to_owned()
}

fn answer(world: &World, head: &Parts, body: &Bytes) -> Response {
    let settings = &world.settings;
    let (host, path) = (host(world, head), head.uri.path());
    let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
    if settings.allowed_hosts.as_ref().is_some_and(|allowed| !allowed.iter().any(|known| known == name)) {
        return bad_host();
    }
    let links = |suffix| Links {
        scheme: if settings.behind_tls { "https" } else { "http" },
        host: host.clone(),
        prefix: settings.prefix.clone(),
        suffix,
    };
    match Route::find(path, &settings.prefix, settings.generation) {
        Route::Unknown => crash(),
        Route::MissingSlash => {
            let query = head.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            let location = format!("{}://{host}{path}/{query}", links("").scheme);
            (StatusCode::MOVED_PERMANENTLY, [(LOCATION, location)], Html("")).into_response()
        }
        Route::To(target, has_suffix) => {
            let (now, mut state) = world.state_now();
            let links = links(if has_suffix { ".json" } else { "" });
            let (outcome, format) = view(world, &mut state, links, now, target, head, body);
            finish_response(world, &mut state, now, target, head, outcome, format)
        }
    }
}

/// Authenticates a request and runs its view.
fn view(
    world: &World,
    state: &mut State,
    links: Links,
    now: DateTime<Utc>,
    target: Target<'_>,
    head: &Parts,
    body: &Bytes,
) -> (ViewResult, Format) {
    let query = head.uri.query().unwrap_or_default();
    let format = match negotiated(&head.headers, query) {
        Ok(format) => format,
        Err(error_response) => return (Err(error_response), Format::Json),
    };
    let caller = match admit(state, &head.headers) {
        Ok(caller) => caller,
        Err(error_response) => return (Err(error_response), format),
    };
    let (settings, headers, id) = (&world.settings, &head.headers, target.id());
    let mut request = ViewRequest { state, settings, links, caller, now, id, query, headers, body };
    let method = overridden(&head.method, headers);
    // A method that a view lacks is refused before the rights are looked at.
    if let (Target::List(view) | Target::Detail(view, _), "POST" | "PUT" | "PATCH" | "DELETE") =
        (target, method.as_str())
        && view.edit.is_none()
    {
        return (Err(ErrorResponse::wrong_method(method.as_str())), format);
    }
    if !request.may(&method, target.model()) {
        return (Err(ErrorResponse::no_permission()), format);
    }
    (act(&mut request, target, &method), format)
}

/// The method, which clients that can't send every method may override.
fn overridden(method: &Method, headers: &HeaderMap) -> Method {
    let meant = headers.get("x-http-method-override").filter(|_| method == Method::POST);
    let meant = meant.and_then(|value| value.to_str().ok()).map(str::to_ascii_uppercase);
    meant.and_then(|meant| meant.parse().ok()).unwrap_or_else(|| method.clone())
}

fn act(request: &mut ViewRequest<'_>, target: Target<'_>, method: &Method) -> ViewResult {
    let wrong = || Err(ErrorResponse::wrong_method(method.as_str()));
    let reads = matches!(method.as_str(), "GET" | "HEAD");
    match (target, method.as_str()) {
        (Target::NotEmulated, _) => actions::not_emulated(),
        (_, "OPTIONS") => options(request, target),
        (Target::Root, _) if reads => actions::root(request),
        (Target::List(view), _) if reads => (view.list)(request),
        (Target::Detail(view, _), _) if reads => (view.retrieve)(request),
        (Target::Children(_), _) if reads => actions::children(request),
        (Target::AlarmsOf(_), _) if reads => actions::alarms(request),
        (Target::Nested(_), _) if reads => actions::nested(request),
        (Target::LastChildStatus(_), "PATCH") => actions::set_last_child_status(request),
        (Target::List(view), "POST") => view.edit.as_ref().map_or_else(wrong, |edit| (edit.create)(request)),
        (Target::Detail(view, _), "PUT") => view.edit.as_ref().map_or_else(wrong, |edit| (edit.replace)(request)),
        (Target::Detail(view, _), "PATCH") => view.edit.as_ref().map_or_else(wrong, |edit| (edit.update)(request)),
        (Target::Detail(view, _), "DELETE") => view.edit.as_ref().map_or_else(wrong, |edit| (edit.destroy)(request)),
        _ => wrong(),
    }
}

/// The response to `OPTIONS`, which calls fields with defaults required.
fn options(request: &ViewRequest<'_>, target: Target<'_>) -> ViewResult {
    let (name, edit) = match target {
        Target::List(view) => (format!("{} List", view.title()), view.edit.as_ref().map(|edit| ("POST", edit))),
        Target::Detail(view, _) => (format!("{} Instance", view.title()), view.edit.as_ref().map(|edit| ("PUT", edit))),
        _ => ("Api Root".to_owned(), None),
    };
    let mut described = json!({
        "name": name,
        "description": "",
        "renders": ["application/json", "text/html"],
        "parses": ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"],
    });
    if let Some((method, edit)) = edit {
        described["actions"] = json!({ method: (edit.describe)(request)? });
    }
    Ok(Reply::ok(described))
}

/// Renders the response, with the headers and cookies that don't depend on the view.
fn finish_response(
    world: &World,
    state: &mut State,
    now: DateTime<Utc>,
    target: Target<'_>,
    head: &Parts,
    outcome: ViewResult,
    format: Format,
) -> Response {
    let basic_challenge = world.settings.basic_challenge && matches!(outcome, Err(ErrorResponse::Credentials(_)));
    let reply = match outcome {
        Ok(reply) => reply,
        Err(ErrorResponse::Crash) => return crash(),
        Err(error_response) => Reply::new(error_response.status(), error_response.body()),
    };
    let mut answer = render(&reply, format, target.allow(), world.settings.generation);
    if basic_challenge {
        *answer.status_mut() = StatusCode::UNAUTHORIZED;
        answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"api\""));
    }
    if let Some(cookie) = session_cookie(state, &head.headers, reply.starts_session, now) {
        answer.headers_mut().insert(SET_COOKIE, cookie);
    }
    answer
}

/// The cookie of a new session, if the response starts one or the client has sent an unknown one. Sessions are never
/// logged in.
pub(super) fn session_cookie(
    state: &mut State,
    headers: &HeaderMap,
    starts: bool,
    now: DateTime<Utc>,
) -> Option<HeaderValue> {
    let sent = headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let sent = sent.split(';').find_map(|pair| pair.trim().strip_prefix("sessionid="));
    if !sent.map_or(starts, |sent| !state.sessions.contains(sent)) {
        return None;
    }
    let session = state.random.session();
    let expires = now.checked_add_signed(TimeDelta::days(14))?.format("%a, %d-%b-%Y %H:%M:%S GMT");
    let cookie = format!("sessionid={session}; expires={expires}; httponly; Max-Age=1209600; Path=/");
    state.sessions.insert(session);
    HeaderValue::from_str(&cookie).ok()
}

/// Negotiates the format: the most specific matching range of `Accept`, JSON first, among the formats that `?format=`
/// leaves.
pub(super) fn negotiated(headers: &HeaderMap, query: &str) -> Result<Format, ErrorResponse> {
    let asked = form_pairs(query).unwrap_or_default().into_iter().rev().find(|(name, _)| name == "format");
    let only = match asked.as_ref().map(|(_, value)| value.as_str()) {
        Some("json") => Some(Format::Json),
        Some("api") => Some(Format::Page),
        Some(_) => return Err(ErrorResponse::not_found()),
        None => None,
    };
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    let ranges: Vec<&str> = accept.split(',').map(|range| range.split(';').next().unwrap_or_default().trim()).collect();
    let levels = [
        [("application/json", Format::Json), ("text/html", Format::Page)],
        [("application/*", Format::Json), ("text/*", Format::Page)],
        [("*/*", Format::Json), ("*/*", Format::Page)],
    ];
    let found =
        levels.iter().flatten().find(|(range, is)| only.is_none_or(|only| only == *is) && ranges.contains(range));
    let none = || ErrorResponse::detail(StatusCode::NOT_ACCEPTABLE, "Could not satisfy the request's Accept header");
    found.map(|(_, format)| *format).ok_or_else(none)
}
