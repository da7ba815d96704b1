//! What a person sees at `/`: how the emulator is driven, and what it received.
//!
//! Only a browser and curl are greeted, and only by the emulator's own page: every other client gets what the service
//! answers at `/`. The page is read without a script, and fetches itself every few seconds.

use crate::journal::Journal;
use axum::{
    body::Body,
    response::{Html, IntoResponse, Response},
};
use http::{
    Method, Request,
    header::{ACCEPT, CONTENT_SECURITY_POLICY, USER_AGENT},
};

/// How many of the newest requests the page shows.
const SHOWN: usize = 50;

pub(super) fn is_asked(request: &Request<Body>) -> bool {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    request.method() == Method::GET
        && request.uri().path() == "/"
        && (header(ACCEPT).contains("text/html") || header(USER_AGENT).starts_with("curl/"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

pub(super) fn page(service: &str, lines: &[String], journal: &Journal) -> Response {
    let requests = journal.requests();
    let newest = requests.iter().rev().take(SHOWN);
    let shown: String =
        newest.map(|request| format!("<li><code>{} {}</code>\n", request.method, escaped(&request.path))).collect();
    let page = format!(
        "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n<meta name=viewport content=width=device-width>\n\
         <meta name=color-scheme content='light dark'>\n<meta http-equiv=refresh content=5>\n\
         <title>{service} emulator</title>\n<h1>{service} emulator</h1>\n<h2>How to drive it</h2>\n\
         <pre>\n{}\n</pre>\n<h2>Requests received: {}</h2>\n<ol reversed>\n{shown}</ol>\n",
        escaped(&lines.join("\n")),
        journal.total(),
    );
    ([(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'")], Html(page)).into_response()
}
