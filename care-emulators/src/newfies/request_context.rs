//! The context of a request: who makes it, and the state that it reads. Views get it as a [`ViewRequest`], resources as
//! a [`RequestContext`].

use crate::{
    bodies::{form_pairs, has_media_type},
    newfies::{
        links::Links,
        response::{ErrorResponse, Reply},
        rows::user::User,
        settings::Settings,
        world::State,
    },
};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use chrono::{DateTime, Utc};
use http::{
    HeaderMap, Method, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use serde_json::{Map, Value};

/// What a resource reads while it handles one request.
#[derive(Clone, Copy)]
pub(super) struct RequestContext<'a> {
    pub(super) state: &'a State,
    pub(super) settings: &'a Settings,
    pub(super) links: &'a Links,
    pub(super) caller: Caller,
    pub(super) now: DateTime<Utc>,
}

impl RequestContext<'_> {
    /// Whether the caller manages a calendar user. A write may refer only to managed users, even by a superuser.
    pub(super) fn manages(&self, user: u64) -> bool {
        self.state.manages(self.caller.id, user)
    }

    /// Whether the caller may see what belongs to a calendar user.
    pub(super) fn sees(&self, user: u64) -> bool {
        self.caller.is_superuser || self.manages(user)
    }

    /// A user's name, which some fields contain instead of a link.
    pub(super) fn username(&self, id: u64) -> Value {
        self.state.users.get(id).map(|user| user.username.as_str()).into()
    }
}

/// The authenticated user of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller {
    pub(super) id: u64,
    pub(super) is_superuser: bool,
    /// Whether they have a user profile, without which some views crash.
    pub(super) has_profile: bool,
}

const BAD_PASSWORD: &str = "Invalid username/password";

/// Authenticates by HTTP Basic or by a token.
///
/// # Errors
///
/// The framework's message about the credentials.
pub(super) fn admit(state: &State, headers: &HeaderMap) -> Result<Caller, ErrorResponse> {
    let no = |detail: &str| ErrorResponse::Credentials(detail.to_owned());
    let value = headers.get(AUTHORIZATION).map(|value| value.as_bytes()).unwrap_or_default();
    // Header values are decoded as Latin-1.
    let value: String = value.iter().map(|byte| char::from(*byte)).collect();
    let mut words = value.split_whitespace();
    let scheme = words.next().unwrap_or_default().to_ascii_lowercase();
    let (credentials, is_last) = (words.next(), words.next().is_none());
    let user = match (scheme.as_str(), credentials) {
        ("basic", None) => return Err(no("Invalid basic header. No credentials provided.")),
        ("basic", Some(_)) if !is_last => {
            return Err(no("Invalid basic header. Credentials string should not contain spaces."));
        }
        ("basic", Some(sent)) => {
            // Python 2 skips what is no base64, so that broken credentials are wrong ones.
            let decoded = BASE64_STANDARD.decode(sent).map_err(|_| no(BAD_PASSWORD))?;
            let text: String = decoded.into_iter().map(char::from).collect();
            let (username, password) = text.split_once(':').unwrap_or((&text, ""));
            let user = state.user_named(username).filter(|user| user.accepted_password.as_deref() == Some(password));
            user.filter(|user| user.is_active).ok_or_else(|| no(BAD_PASSWORD))?
        }
        ("token", None) => return Err(no("Invalid token header. No credentials provided.")),
        ("token", Some(_)) if !is_last => {
            return Err(no("Invalid token header. Token string should not contain spaces."));
        }
        ("token", Some(sent)) => {
            let holder = state.tokens.get(sent).and_then(|id| state.users.get(*id));
            let user = holder.ok_or_else(|| no("Invalid token"))?;
            if !user.is_active {
                return Err(no("User inactive or deleted"));
            }
            user
        }
        _ => return Err(no("Authentication credentials were not provided.")),
    };
    Ok(caller(user))
}

fn caller(user: &User) -> Caller {
    Caller { id: user.id, is_superuser: user.is_superuser, has_profile: user.gateways.is_some() }
}

/// The result of a view.
pub(super) type ViewResult = Result<Reply, ErrorResponse>;

/// An authenticated request as a view gets it, with the state that it reads and changes.
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
        Ok(_) => Err(ErrorResponse::not_an_object()),
        Err(error) => Err(malformed(&error.to_string())),
    }
}

fn malformed(what: &str) -> ErrorResponse {
    ErrorResponse::detail(StatusCode::BAD_REQUEST, format!("JSON parse error - {what}"))
}
