//! Who may drive an emulator: programs and pages of this machine.
//!
//! A web page of a stranger can make a browser send requests to a loopback address. Such a request carries the page's
//! `Origin`, or, if the page's name resolves to a loopback address, that name as `Host`. Both are refused. A program
//! that sends neither header is no browser.

use crate::bodies::ControlErrorResponse;
use http::{
    HeaderMap, StatusCode, Uri,
    header::{HOST, ORIGIN},
};
use std::net::IpAddr;

fn is_loopback(authority: &str) -> bool {
    let Ok(uri) = authority.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    !authority.contains('@')
        && (host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()))
}

fn text<'a>(headers: &'a HeaderMap, name: &http::HeaderName) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"))
}

/// The origin that a request was sent to, by its `Host`.
pub(super) fn origin(headers: &HeaderMap) -> String {
    format!("http://{}", text(headers, &HOST).unwrap_or("localhost"))
}

/// Why a request with these headers is refused, if it is.
pub(super) fn refusal(headers: &HeaderMap) -> Option<ControlErrorResponse> {
    let refused = |why: &str| Some(ControlErrorResponse(StatusCode::FORBIDDEN, why.to_owned()));
    let single = |name| headers.get_all(name).iter().count() <= 1;
    if !single(&HOST) || !text(headers, &HOST).is_none_or(is_loopback) {
        return refused("an emulator is driven at a loopback address: the Host of this request names another");
    }
    let same = |sent: &str| headers.contains_key(HOST) && sent.eq_ignore_ascii_case(&origin(headers));
    if !single(&ORIGIN) || !text(headers, &ORIGIN).is_none_or(same) {
        return refused("an emulator isn't driven by pages of another origin");
    }
    None
}
