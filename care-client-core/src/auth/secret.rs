//! Secrets, and the headers made of them: neither shows its text in `Debug`, errors or serialized form.

use crate::error::Error;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use subtle::ConstantTimeEq;

/// A password, token or key. It is wiped from memory when dropped, shown as `[secret]` by `Debug`, compared in
/// constant time, and serialized as null, so that it can't get into a file or a log by accident.
///
/// ```
/// use care_client_core::Secret;
///
/// let token = Secret::new("eyJhbGciOi");
/// assert_eq!(format!("{token:?}"), "[secret]");
/// assert_eq!(token.expose(), "eyJhbGciOi");
/// ```
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The text itself: keep it out of logs and errors.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Refuses a password, key or user name that was read with a line break or another control character, which no service
/// means: `name` says which one it is. It may be empty.
///
/// # Errors
///
/// [`Kind::Config`](crate::Kind::Config), without any of the text.
///
/// ```
/// use care_client_core::check_credential;
///
/// assert!(check_credential("the password", "correct horse").is_ok());
/// let error = check_credential("the password", "correct horse\n").unwrap_err();
/// assert!(error.to_string().contains("the password has a line break"));
/// ```
pub fn check_credential(name: &str, text: &str) -> Result<(), Error> {
    if !text.contains(is_invisible) {
        return Ok(());
    }
    Err(Error::config(format!(
        "{name} has a line break or another control character; check for a trailing newline in the file or variable \
         that it is read from"
    )))
}

/// Line breaks of any kind, other control characters, and the mark at the beginning of some files.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

impl Secret {
    /// The value of a header that is the text.
    pub(crate) fn header(&self) -> Result<HeaderValue, Error> {
        header_value(self.expose())
    }

    /// The value of `Authorization: Bearer`.
    pub(crate) fn bearer_header(&self) -> Result<HeaderValue, Error> {
        let token = self.expose();
        if token.trim().is_empty() { header_value("") } else { header_value(&format!("Bearer {token}")) }
    }
}

/// A header that isn't shown by `Debug`.
pub(super) fn header_value(text: &str) -> Result<HeaderValue, Error> {
    if text.is_empty() {
        return Err(Error::config("the credential is empty; check the variable or file that it is read from"));
    }
    let invalid = || Error::config("invalid header characters in the credential; check for a trailing newline");
    let mut value = HeaderValue::from_str(text).map_err(|_| invalid())?;
    // A header may have some of these, and a credential none.
    if text.contains(is_invisible) {
        return Err(invalid());
    }
    value.set_sensitive(true);
    Ok(value)
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_but_never_written_or_shown() {
        let secret: Secret = serde_json::from_str("\"canary\"").unwrap();
        assert_eq!(secret, Secret::new("canary"));
        assert_ne!(secret, Secret::new("canarz"));
        assert_ne!(secret, Secret::new("canary "));
        assert_eq!(serde_json::to_string(&secret).unwrap(), "null");
        assert_eq!(format!("{secret:?}"), "[secret]");
    }
}
