//! Tokens in the form of a JWT.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use chrono::{DateTime, Utc};
use serde_json::json;

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
        let random = RandomState::new();
        let signature: Vec<u8> = (0..4_u64).flat_map(|part| random.hash_one((number, part)).to_be_bytes()).collect();
        let parts = [header.to_string().as_bytes(), claims.to_string().as_bytes(), &signature].map(base64url);
        Self { text: parts.join("."), expires }
    }
}

/// Base64 with the URL's alphabet and no padding (RFC 4648, section 5).
fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0_usize, |group, byte| group << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            text.push(char::from(ALPHABET[group >> (18 - 6 * digit) & 63]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64url;

    #[test]
    fn base64_is_that_of_the_standard() {
        let cases = [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE")];
        for (plain, coded) in cases {
            assert_eq!(base64url(plain.as_bytes()), coded, "{plain}");
        }
        assert_eq!(base64url(&[0xfb, 0xff, 0xfe]), "-__-");
    }
}
