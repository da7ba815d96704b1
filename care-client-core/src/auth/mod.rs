//! Credentials: what a client proves its identity with, from a fixed header to a token that is fetched and renewed.
//!
//! # Contract
//!
//! - Credentials are added to each attempt, after everything that a caller sets, and go to the client's own origin
//!   only.
//! - Headers with credentials are marked as sensitive. No `Debug`, error, span or event shows a value.
//! - A token is fetched once for all callers, renewed ahead of its expiry and once after a 401: see [`TokenCache`].
//! - A store that fails or hangs delays a call by 5 s at most and never fails it.
//!
//! # Where users configure it
//!
//! On the builder of a service crate (`access_token`, `basic_auth`, `token_store` and the like), which makes
//! [`Credentials`] of it.

mod cache;
mod cached_token;
mod refusals;
mod secret;
mod task;
mod token;

pub use cache::TokenCache;
pub(crate) use cached_token::CachedToken;
use secret::header_value;
pub use secret::{Secret, check_credential};
pub(crate) use task::within;
pub use token::{MemoryTokenStore, Token, TokenSource, TokenStore};

use crate::{error::Error, observe::Observe, request::origin::QueryPair};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use chrono::{DateTime, SecondsFormat, Utc};
use http::{HeaderMap, HeaderName, HeaderValue, header::AUTHORIZATION};
use std::{borrow::Cow, fmt, sync::Arc};

/// The credentials of a pipeline. They are added to each attempt and sent to the client's own origin only.
#[derive(Clone)]
#[non_exhaustive]
pub enum Credentials {
    /// Nothing is sent.
    None,
    /// A header with a fixed value.
    Header(HeaderName, HeaderValue),
    /// A pair in the query.
    Query(Cow<'static, str>, Secret),
    /// A token that is fetched, kept and renewed, sent as `Authorization: Bearer`.
    Token(TokenCache),
    /// Required and not configured: each call fails with [`Kind::Config`](crate::Kind::Config) and this text before
    /// anything is sent.
    Missing(&'static str),
}

impl Credentials {
    /// A token that was obtained elsewhere and is never renewed, sent as `Authorization: Bearer`.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if it is empty or has invalid header characters, such as a line break.
    pub fn bearer(token: &Secret) -> Result<Self, Error> {
        Ok(Self::Header(AUTHORIZATION, token.bearer_header()?))
    }

    /// A fixed header, such as an API key.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if it is empty or has invalid header characters, such as a line break.
    pub fn header(name: HeaderName, value: &Secret) -> Result<Self, Error> {
        Ok(Self::Header(name, value.header()?))
    }

    /// A user and a password, sent with each attempt as `Authorization: Basic`, before the server asks for it.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if the user is empty or has a colon, or if user or password have a line
    /// break or another control character.
    pub fn basic(user: &str, password: &Secret) -> Result<Self, Error> {
        Self::basic_of(user, password, format!("{user}:{}", password.expose()).as_bytes())
    }

    /// Like [`basic`](Self::basic), for servers that read the pair as ISO-8859-1, where `é` is one byte.
    ///
    /// # Errors
    ///
    /// As [`basic`](Self::basic), and if user or password have a character outside of ISO-8859-1: such a server can't
    /// read it in any encoding, and would refuse every call.
    pub fn basic_latin1(user: &str, password: &Secret) -> Result<Self, Error> {
        let bytes = |text: &str| -> Option<Vec<u8>> { text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect() };
        for (name, text) in [("the user name", user), ("the password", password.expose())] {
            check_credential(name, text)?;
            if bytes(text).is_none() {
                return Err(Error::config(format!(
                    "{name} has a character outside of ISO-8859-1, which this server can't read in basic \
                     authentication: change it, or use a token"
                )));
            }
        }
        Self::basic_of(user, password, &bytes(&format!("{user}:{}", password.expose())).unwrap_or_default())
    }

    fn basic_of(user: &str, password: &Secret, pair: &[u8]) -> Result<Self, Error> {
        if user.is_empty() || user.contains(':') {
            return Err(Error::config(
                "the user name is empty or has a colon, which basic authentication does not allow",
            ));
        }
        check_credential("the user name", user)?;
        check_credential("the password", password.expose())?;
        let pair = BASE64_STANDARD.encode(pair);
        Ok(Self::Header(AUTHORIZATION, header_value(&format!("Basic {pair}"))?))
    }

    /// Names what a 401 refuses, without a value: for the text of its error. `None` if nothing was sent.
    pub(crate) fn refused(&self) -> Option<Cow<'static, str>> {
        Some(match self {
            Self::None | Self::Missing(_) => return None,
            Self::Query(key, _) => format!("the credential in the query parameter {key}").into(),
            Self::Header(name, value) if name == AUTHORIZATION => authorization(value),
            Self::Header(name, _) => format!("the credential in the header {name}").into(),
            Self::Token(cache) => {
                let current = cache.current();
                let token = shown_expiry(current.as_ref().and_then(|cached| cached.token.expiry()));
                match cache.credentials() {
                    Some(with) => format!("{token}, which was fetched with {with}").into(),
                    None => token,
                }
            }
        })
    }

    /// The pair to add to the query of each attempt.
    pub(crate) fn query_pair(&self) -> Option<QueryPair<'_>> {
        match self {
            Self::Query(key, value) => Some((key, value.expose())),
            _ => None,
        }
    }

    /// Adds the credential to the headers of one attempt, and returns the token that was used.
    pub(crate) async fn apply(
        &self,
        headers: &mut HeaderMap,
        observer: Option<&Arc<dyn Observe>>,
    ) -> Result<Option<Arc<CachedToken>>, Error> {
        match self {
            Self::None | Self::Query(..) => Ok(None),
            Self::Header(name, value) => {
                let mut value = value.clone();
                value.set_sensitive(true);
                headers.insert(name.clone(), value);
                Ok(None)
            }
            Self::Token(cache) => {
                let cached = cache.get(observer).await?;
                headers.insert(AUTHORIZATION, cached.header.clone());
                Ok(Some(cached))
            }
            Self::Missing(why) => Err(Error::config(*why)),
        }
    }
}

/// What the header `Authorization` holds, by its scheme.
fn authorization(value: &HeaderValue) -> Cow<'static, str> {
    let text = value.to_str().unwrap_or_default();
    let (scheme, rest) = text.split_once(' ').unwrap_or_default();
    match scheme.to_ascii_lowercase().as_str() {
        "basic" => "the user name and password".into(),
        _ => shown_expiry(Token::of_jwt(rest).expiry()),
    }
}

/// A token, and whether it has expired by the local clock.
fn shown_expiry(expiry: Option<DateTime<Utc>>) -> Cow<'static, str> {
    match expiry {
        Some(at) if at <= Utc::now() => {
            let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
            format!("the access token, which expired at {at} by this machine's clock").into()
        }
        _ => "the access token".into(),
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Header(name, _) => write!(f, "Header({name}: [secret])"),
            Self::Query(key, _) => write!(f, "Query({key}=[secret])"),
            Self::Token(cache) => cache.fmt(f),
            Self::Missing(_) => f.write_str("Missing"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_header_characters_are_a_config_error_that_does_not_quote_it() {
        for bad in ["", " ", "canary\nx", "canary\u{7f}"] {
            let error = Credentials::bearer(&Secret::new(bad)).unwrap_err();
            assert_eq!(error.kind(), crate::Kind::Config, "{bad:?}");
            assert!(!format!("{error} {error:?} {}", error.report()).contains("canary"));
        }
    }

    #[test]
    fn a_user_and_a_password_are_sent_as_one_header_that_is_not_shown() {
        let basic = Credentials::basic("crm", &Secret::new("p:ä ss")).unwrap();
        let Credentials::Header(name, value) = &basic else { panic!("{basic:?}") };
        assert_eq!((name.as_str(), value.to_str().unwrap()), ("authorization", "Basic Y3JtOnA6w6Qgc3M="));
        assert!(value.is_sensitive());
        for bad in ["", "a:b", "a\nb"] {
            let error = Credentials::basic(bad, &Secret::new("canary")).unwrap_err();
            assert_eq!(error.kind(), crate::Kind::Config, "{bad:?}");
        }
    }

    #[test]
    fn a_user_or_password_that_was_read_with_its_line_break_is_refused_and_not_quoted() {
        for end in ["\n", "\r\n", "\r", "\t", "\0", "\u{7f}", "\u{85}", "\u{2028}", "\u{2029}"] {
            for (user, password) in [("crm", format!("canary{end}")), (&*format!("canary{end}"), "p".to_owned())] {
                for make in [Credentials::basic, Credentials::basic_latin1] {
                    let error = make(user, &Secret::new(password.as_str())).unwrap_err();
                    let text = format!("{error} {error:?} {}", error.report());
                    assert!(error.kind() == crate::Kind::Config && !text.contains("canary"), "{end:?}: {text}");
                    assert!(text.contains("trailing newline"), "{end:?}: {text}");
                }
            }
        }
        assert!(Credentials::basic("crm", &Secret::new(" a  b ")).is_ok(), "spaces can be meant");
        assert!(Credentials::basic("crm", &Secret::new("")).is_ok(), "some services take a key as the user");
    }

    #[test]
    fn a_server_that_reads_one_byte_a_character_gets_one_and_what_has_none_is_refused() {
        for (password, sent) in [("hush", "crm:hush".as_bytes()), ("pä", b"crm:p\xe4")] {
            let Credentials::Header(_, value) = Credentials::basic_latin1("crm", &Secret::new(password)).unwrap()
            else {
                panic!("{password}")
            };
            assert_eq!(value.to_str().unwrap(), format!("Basic {}", BASE64_STANDARD.encode(sent)), "{password}");
            assert!(value.is_sensitive());
        }
        for (user, password) in [("crm", "p€"), ("Łukasz", "p"), ("crm", "\u{1f600}"), ("crm", "ā")] {
            let error = Credentials::basic_latin1(user, &Secret::new(password)).unwrap_err();
            assert!(error.to_string().contains("outside of ISO-8859-1"), "{error}");
        }
        assert!(Credentials::basic_latin1("a:b", &Secret::new("x")).is_err());
    }

    #[test]
    fn debug_names_the_kind_and_hides_the_value() {
        let header = Credentials::header(HeaderName::from_static("x-api-key"), &Secret::new("canary")).unwrap();
        let query = Credentials::Query("key".into(), Secret::new("canary"));
        assert_eq!(format!("{header:?} {query:?}"), "Header(x-api-key: [secret]) Query(key=[secret])");
    }
}
