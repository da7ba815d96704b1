//! How a client wants to have the answer.

use http::header::ACCEPT;
use http::{HeaderMap, StatusCode};

use super::super::answer::Format;
use super::super::refusal::Refusal;
use crate::form::pairs;

/// Chooses by `?format=`, else by `Accept`: the most specific range that something fits, JSON first.
pub(super) fn format(headers: &HeaderMap, query: &str) -> Result<Format, Refusal> {
    let asked = pairs(query).unwrap_or_default().into_iter().rev().find(|(name, _)| name == "format");
    match asked.as_ref().map(|(_, value)| value.as_str()) {
        Some("json") => return Ok(Format::Json),
        Some("api") => return Ok(Format::Page),
        Some(_) => return Err(Refusal::not_found()),
        None => {}
    }
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    let ranges: Vec<&str> = accept.split(',').map(|range| range.split(';').next().unwrap_or_default().trim()).collect();
    let levels = [
        [("application/json", Format::Json), ("text/html", Format::Page)],
        [("application/*", Format::Json), ("text/*", Format::Page)],
        [("*/*", Format::Json), ("*/*", Format::Json)],
    ];
    let found = levels.iter().flatten().find(|(range, _)| ranges.contains(range));
    let none = || Refusal::detail(StatusCode::NOT_ACCEPTABLE, "Could not satisfy the request's Accept header");
    found.map(|(_, format)| *format).ok_or_else(none)
}
