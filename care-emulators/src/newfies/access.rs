//! Who comes with which credentials.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::caller::Caller;
use super::refusal::Refusal;
use super::rows::User;
use super::state::State;

const BAD_PASSWORD: &str = "Invalid username/password";

/// The user whose credentials came, by HTTP Basic or by a token.
///
/// # Errors
///
/// Says what is wrong with the credentials.
pub(super) fn admit(state: &State, headers: &HeaderMap) -> Result<Caller, Refusal> {
    let no = |detail: &str| Refusal::Credentials(detail.to_owned());
    let value = headers.get(AUTHORIZATION).map(|value| value.as_bytes()).unwrap_or_default();
    // Header values are taken for Latin-1.
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
            let user = state.user_named(username).filter(|user| user.opens.as_deref() == Some(password));
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
