//! Sessions that nobody needs.

use chrono::{DateTime, TimeDelta, Utc};
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};

use super::super::state::State;

/// The cookie of a new session, for an answer that begins one, and for a client that has sent one that isn't known. None is ever logged in.
pub(super) fn cookie(state: &mut State, headers: &HeaderMap, begins: bool, now: DateTime<Utc>) -> Option<HeaderValue> {
    let sent = headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let sent = sent.split(';').find_map(|pair| pair.trim().strip_prefix("sessionid="));
    if !sent.map_or(begins, |sent| !state.sessions.contains(sent)) {
        return None;
    }
    let session = state.noise.session();
    let expires = now.checked_add_signed(TimeDelta::days(14))?.format("%a, %d-%b-%Y %H:%M:%S GMT");
    let cookie = format!("sessionid={session}; expires={expires}; httponly; Max-Age=1209600; Path=/");
    state.sessions.insert(session);
    HeaderValue::from_str(&cookie).ok()
}
