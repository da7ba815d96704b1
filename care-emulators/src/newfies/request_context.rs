//! The context of a request: who makes it, and the state that it reads.

use crate::newfies::{links::Links, response::ErrorResponse, rows::user::User, settings::Settings, state::State};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use chrono::{DateTime, Utc};
use http::{HeaderMap, header::AUTHORIZATION};
use serde_json::Value;

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
            let wrong = || no("Invalid basic header. Credentials not correctly base64 encoded");
            let decoded = BASE64_STANDARD.decode(sent).map_err(|_| wrong())?;
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
