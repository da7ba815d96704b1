//! The administrator's account.

use crate::{
    caremessenger::settings::{Settings, TokenForm},
    clock::later,
    random::random,
};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::collections::HashMap;

/// The user name that an emulator accepts unless told otherwise.
pub const USERNAME: &str = "administrator";

/// The password that an emulator accepts unless told otherwise. It is no secret: it opens emulators only.
pub const PASSWORD: &str = "emulator-password";

/// Its identifier.
pub(super) const ID: u64 = 1;

/// Its mail address.
pub(super) const EMAIL: &str = "administrator@example.com";

/// Whose it is.
pub(super) const NAME: &str = "Kim Example";

/// The tokens that were given out and not revoked, and when each expires.
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

    /// Whether `token` is valid, `None` if it is unknown or revoked.
    pub(super) fn is_valid(&self, token: &str, now: DateTime<Utc>) -> Option<bool> {
        self.known.get(token).map(|expires| now < *expires)
    }

    pub(super) fn revoke_all(&mut self) {
        self.known.clear();
    }
}

/// A token whose last part signs nothing: the emulator knows its tokens by heart.
fn text(settings: &Settings, number: u64, issued: DateTime<Utc>, expires: DateTime<Utc>) -> String {
    let signature = BASE64_URL_SAFE_NO_PAD.encode(random(number));
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
        // A text in base64 never has a single digit left over after its groups of four.
        header.truncate(header.len() / 4 * 4 - 3);
    }
    [header, BASE64_URL_SAFE_NO_PAD.encode(claims.to_string()), signature].join(".")
}
