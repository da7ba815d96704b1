//! Tokens in the form of a JWT.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::random::random;

/// A token and when it expires.
#[derive(Clone)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) expires: DateTime<Utc>,
}

impl Token {
    /// Makes a token with the claims `iat`, `exp` (both in seconds since 1970), `sub`, `kind` and `jti`.
    ///
    /// Its third part signs nothing: the emulator knows its tokens by heart.
    pub(super) fn new(subject: &str, kind: &str, number: u64, issued: DateTime<Utc>, expires: DateTime<Utc>) -> Self {
        let header = json!({"alg": "HS256", "typ": "JWT"});
        let claims = json!({
            "iat": issued.timestamp(),
            "exp": expires.timestamp(),
            "sub": subject,
            "kind": kind,
            "jti": number.to_string(),
        });
        let signature = random(number);
        let parts = [header.to_string().as_bytes(), claims.to_string().as_bytes(), &signature]
            .map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
        Self { text: parts.join("."), expires }
    }
}
