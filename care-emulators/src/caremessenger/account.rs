//! The administrator's account, and its tokens.

use crate::{
    caremessenger::settings::{Settings, TokenForm},
    clock::later,
    secrets::random_bytes,
};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::collections::HashMap;

/// The default user name.
pub const USERNAME: &str = "administrator";

/// The default password. It is not a secret: only emulators accept it.
pub const PASSWORD: &str = "emulator-password";

/// The account's identifier.
pub(super) const ID: u64 = 1;

/// The account's email address.
pub(super) const EMAIL: &str = "administrator@example.com";

/// The account holder's name.
pub(super) const NAME: &str = "Kim Example";

/// The issued tokens that weren't revoked, and when each expires.
#[derive(Default)]
pub(super) struct Tokens {
    known: HashMap<String, DateTime<Utc>>,
    issued: u64,
}

impl Tokens {
    pub(super) fn issue(&mut self, settings: &Settings, now: DateTime<Utc>) -> String {
        self.issued += 1;
        let expires = later(now, settings.token_lifetime);
        let token = text(settings, self.issued, now, expires);
        self.known.insert(token.clone(), expires);
        token
    }

    /// Whether `token` hasn't expired; `None` if it is unknown or revoked.
    pub(super) fn is_valid(&self, token: &str, now: DateTime<Utc>) -> Option<bool> {
        self.known.get(token).map(|expires| now < *expires)
    }

    pub(super) fn revoke_all(&mut self) {
        self.known.clear();
    }
}

/// A token. Its last part isn't a real signature: the emulator keeps a list of its tokens.
fn text(settings: &Settings, number: u64, issued: DateTime<Utc>, expires: DateTime<Utc>) -> String {
    let signature = BASE64_URL_SAFE_NO_PAD.encode(random_bytes(number));
    if settings.token_form == TokenForm::Opaque {
        return signature.replace(['-', '_'], "0");
    }
    let claims = json!({
        "user_id": ID,
        "username": settings.username,
        "email": EMAIL,
        "exp": expires.timestamp(),
        "orig_iat": issued.timestamp(),
    });
    let mut header = BASE64_URL_SAFE_NO_PAD.encode(json!({ "alg": "HS256", "typ": "JWT" }).to_string());
    if settings.token_form == TokenForm::Undecodable {
        // Base64 never ends in a single character after its groups of four.
        header.truncate(header.len() / 4 * 4 - 3);
    }
    [header, BASE64_URL_SAFE_NO_PAD.encode(claims.to_string()), signature].join(".")
}
