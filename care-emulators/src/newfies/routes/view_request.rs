//! An authenticated request, as views get it.

use crate::{
    bodies::{form_pairs, has_media_type},
    newfies::{
        links::Links,
        request_context::{Caller, RequestContext},
        response::{ErrorResponse, Reply},
        settings::Settings,
        state::State,
    },
};
use chrono::{DateTime, Utc};
use http::{HeaderMap, Method, StatusCode, header::CONTENT_TYPE};
use serde_json::{Map, Value};

/// The result of a view.
pub(super) type ViewResult = Result<Reply, ErrorResponse>;

/// An authenticated request, with the state that it reads and changes.
pub(super) struct ViewRequest<'a> {
    pub(super) state: &'a mut State,
    pub(super) settings: &'a Settings,
    pub(super) links: Links,
    pub(super) caller: Caller,
    pub(super) now: DateTime<Utc>,
    /// The id of the path.
    pub(super) id: Option<&'a str>,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

impl ViewRequest<'_> {
    pub(super) fn context(&self) -> RequestContext<'_> {
        let Self { state, settings, links, caller, now, .. } = self;
        RequestContext { state, settings, links, caller: *caller, now: *now }
    }

    /// Whether the caller has the permission for a method on a model.
    pub(super) fn may(&self, method: &Method, model: Option<&str>) -> bool {
        let Some(model) = model.filter(|_| self.settings.generation.checks_permissions()) else { return true };
        self.state.users.get(self.caller.id).is_some_and(|user| user.may(method, model))
    }

    /// The sent object.
    pub(super) fn object(&self) -> Result<Map<String, Value>, ErrorResponse> {
        object(self.headers, self.body)
    }

    /// The id of the path; `None` if it isn't a number.
    pub(super) fn number(&self) -> Option<u64> {
        self.id?.parse().ok()
    }
}

/// The object in a JSON body or a form. An empty body is an empty object.
pub(super) fn object(headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, ErrorResponse> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    if has_media_type(headers, &["application/x-www-form-urlencoded"]) {
        let text = std::str::from_utf8(body).ok();
        let pairs = text.and_then(form_pairs).ok_or_else(|| malformed("the form can't be decoded"))?;
        return Ok(pairs.into_iter().map(|(name, value)| (name, Value::from(value))).collect());
    }
    if !has_media_type(headers, &["application/json"]) {
        let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let detail = format!("Unsupported media type '{kind}' in request.");
        return Err(ErrorResponse::detail(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(Value::Null) => Err(ErrorResponse::Crash),
        Ok(_) => Err(ErrorResponse::not_an_object()),
        Err(error) => Err(malformed(&error.to_string())),
    }
}

fn malformed(what: &str) -> ErrorResponse {
    ErrorResponse::detail(StatusCode::BAD_REQUEST, format!("JSON parse error - {what}"))
}
