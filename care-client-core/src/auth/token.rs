//! Tokens as values, and the two traits for tokens of your own: where they are fetched ([`TokenSource`]) and where they
//! are kept ([`TokenStore`]). Both are called by [`TokenCache`](super::TokenCache).

use super::Secret;
use crate::{
    endpoint::BoxFuture,
    error::{Error, StoreError},
};
use base64::{Engine, alphabet, engine};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A token as a service issued it, with the time of its expiry where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    secret: Secret,
    expires_at: Option<DateTime<Utc>>,
}

impl Token {
    /// Makes a token that counts as valid until the server refuses it.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { secret: secret.into(), expires_at: None }
    }

    /// Makes a token whose expiry is read from the `exp` claim of a JWT. Any other token, and one whose claims can't
    /// be read, counts as valid until the server refuses it, as with [`new`](Self::new).
    ///
    /// ```
    /// use care_client_core::Token;
    ///
    /// let token = Token::of_jwt("e30.eyJleHAiOjE1MDAwMDAwMDB9.c2ln"); // {"exp":1500000000}
    /// assert_eq!(token.expiry().map(|at| at.timestamp()), Some(1_500_000_000));
    /// assert_eq!(Token::of_jwt("opaque").expiry(), None);
    /// ```
    pub fn of_jwt(secret: impl Into<Secret>) -> Self {
        let secret = secret.into();
        let expires_at = jwt_expiry(secret.expose());
        Self { secret, expires_at }
    }

    /// Sets when it expires; `None` if that isn't known.
    #[must_use]
    pub fn expires_at(mut self, at: impl Into<Option<DateTime<Utc>>>) -> Self {
        self.expires_at = at.into();
        self
    }

    /// The token itself.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// When it expires, by the issuer's clock, if that is known.
    #[must_use]
    pub fn expiry(&self) -> Option<DateTime<Utc>> {
        self.expires_at
    }
}

impl<S: Into<Secret>> From<S> for Token {
    fn from(secret: S) -> Self {
        Self::new(secret)
    }
}

/// Fetches a token, for a [`TokenCache`](super::TokenCache), which calls it for one caller at a time.
pub trait TokenSource: Send + Sync {
    /// Fetches a new token from the service.
    ///
    /// # Errors
    ///
    /// Any failure to fetch; the call that needs the token fails with [`Kind::Auth`](crate::Kind::Auth) and this
    /// error as its [`cause`](Error::cause).
    fn fetch(&self) -> BoxFuture<'_, Result<Token, Error>>;

    /// Names what the token is fetched with, for the texts of errors: such as "the user name and password". It is
    /// shown, so it must hold no value. Default: "the credentials that a token is fetched with".
    fn credentials(&self) -> &'static str {
        "the credentials that a token is fetched with"
    }
}

/// Keeps tokens where they outlive the process: a database, a key ring. Keys are `server:<client id>` and
/// `user:<mail>`.
///
/// A store that fails never fails a call: a token that can't be loaded is fetched, and one that can't be saved is
/// used all the same. The failure is reported to the [observer](crate::Observe::store_failed).
///
/// Protect the store as you would protect passwords.
pub trait TokenStore: Send + Sync {
    /// Finds the token that was last saved under `key`.
    ///
    /// # Errors
    ///
    /// Any failure to look. If there is no token, the result is `Ok(None)`.
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Token>, StoreError>>;

    /// Saves `token` under `key`, and replaces any earlier one.
    ///
    /// # Errors
    ///
    /// Any failure to save.
    fn save<'a>(&'a self, key: &'a str, token: &'a Token) -> BoxFuture<'a, Result<(), StoreError>>;
}

/// Keeps tokens as long as the process lives: for tests, and for programs whose users sign in each time.
#[derive(Default)]
pub struct MemoryTokenStore(Mutex<HashMap<String, Token>>);

impl MemoryTokenStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<String, Token>> {
        // Nothing that holds the lock can leave the map half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for MemoryTokenStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Keys hold mail addresses.
        f.debug_struct("MemoryTokenStore").field("tokens", &self.locked().len()).finish()
    }
}

impl<S: TokenStore + ?Sized> TokenStore for Arc<S> {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Token>, StoreError>> {
        (**self).load(key)
    }

    fn save<'a>(&'a self, key: &'a str, token: &'a Token) -> BoxFuture<'a, Result<(), StoreError>> {
        (**self).save(key, token)
    }
}

impl TokenStore for MemoryTokenStore {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Token>, StoreError>> {
        Box::pin(async move { Ok(self.locked().get(key).cloned()) })
    }

    fn save<'a>(&'a self, key: &'a str, token: &'a Token) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.locked().insert(key.to_owned(), token.clone());
            Ok(())
        })
    }
}

/// Reads base64url with and without padding.
const BASE64: engine::GeneralPurpose = engine::GeneralPurpose::new(
    &alphabet::URL_SAFE,
    engine::GeneralPurposeConfig::new().with_decode_padding_mode(engine::DecodePaddingMode::Indifferent),
);

#[derive(Deserialize)]
struct Claims {
    exp: Option<f64>,
}

/// The time in a JWT's `exp` claim. The signature is not checked: that is the server's part. `None` for other tokens,
/// and for a time beyond the calendar, which means never: some tokens live for about 500 years.
fn jwt_expiry(token: &str) -> Option<DateTime<Utc>> {
    let claims = BASE64.decode(token.split('.').nth(1)?).ok()?;
    let seconds = serde_json::from_slice::<Claims>(&claims).ok()?.exp?;
    // The cast saturates, and what it saturates to lies outside of the calendar.
    DateTime::from_timestamp(seconds.floor() as i64, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwt(claims: &str) -> String {
        format!("e30.{}.c2ln", BASE64.encode(claims))
    }

    #[test]
    fn five_hundred_years_are_a_date_and_more_than_the_calendar_is_none() {
        assert_eq!(jwt_expiry(&jwt(r#"{"exp":17356291200}"#)).unwrap().to_rfc3339(), "2520-01-01T00:00:00+00:00");
        assert_eq!(jwt_expiry(&jwt(r#"{"exp":1.5e9}"#)), DateTime::from_timestamp(1_500_000_000, 0));
        for endless in ["9223372036854775807", "1e300", "-1e300", "18446744073709551616"] {
            assert_eq!(jwt_expiry(&jwt(&format!(r#"{{"exp":{endless}}}"#))), None, "{endless}");
        }
    }

    #[test]
    fn padding_is_welcome_and_what_is_no_jwt_has_no_expiry() {
        assert!(jwt_expiry(&format!("e30.{}.x", "eyJleHAiOjE1MDAwMDAwMDB9Cg==")).is_some());
        for other in ["", "opaque", "a.b.c", "e30.e30.e30", "..."] {
            assert_eq!(jwt_expiry(other), None, "{other}");
        }
    }
}
