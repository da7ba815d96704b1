//! Registered users, and the tokens that were issued.

use super::request_context::Timestamp;
use crate::{clock::later, secrets::random_bytes};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::{collections::HashMap, sync::Arc, time::Duration};

/// The holder of a token.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Holder {
    /// The integrator's backend.
    Server,
    /// One customer, named by the registered email address.
    User(Arc<str>),
}

struct User {
    password: String,
    registered: Timestamp,
    customer_id: u64,
}

/// The lifetimes of tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lifetimes {
    pub(super) server: Duration,
    pub(super) user: Duration,
}

/// The customer record of a holder.
#[derive(Clone, Copy)]
pub(super) struct CustomerRecord {
    pub(super) customer_id: u64,
    pub(super) since: Timestamp,
}

pub(super) struct Accounts {
    users: HashMap<Arc<str>, User>,
    tokens: HashMap<String, (Holder, DateTime<Utc>)>,
    lifetimes: Lifetimes,
    /// The customer record of the backend's own callouts.
    server: CustomerRecord,
    issued: u64,
}

/// The id of the first customer.
const FIRST_CUSTOMER: u64 = 141;

impl Accounts {
    pub(super) fn new(lifetimes: Lifetimes, now: DateTime<Utc>) -> Self {
        let server = CustomerRecord { customer_id: FIRST_CUSTOMER - 1, since: Timestamp::new(now) };
        Self { users: HashMap::new(), tokens: HashMap::new(), lifetimes, server, issued: 0 }
    }

    /// Registers a user. Returns `None` if the address is taken.
    pub(super) fn register(&mut self, email: &str, password: &str, now: DateTime<Utc>) -> Option<Holder> {
        if self.users.contains_key(email) {
            return None;
        }
        let email: Arc<str> = email.into();
        let customer_id = FIRST_CUSTOMER + self.users.len() as u64;
        let user = User { password: password.to_owned(), registered: Timestamp::new(now), customer_id };
        self.users.insert(email.clone(), user);
        Some(Holder::User(email))
    }

    /// Finds the user with this address and password.
    pub(super) fn log_in(&self, email: &str, password: &str) -> Option<Holder> {
        let (email, user) = self.users.get_key_value(email)?;
        (user.password == password).then(|| Holder::User(email.clone()))
    }

    pub(super) fn issue(&mut self, holder: &Holder, now: DateTime<Utc>) -> Token {
        let (subject, kind, lifetime) = match holder {
            Holder::Server => ("server", "server", self.lifetimes.server),
            Holder::User(email) => (&**email, "user", self.lifetimes.user),
        };
        self.issued += 1;
        let token = Token::new(subject, kind, self.issued, now, later(now, lifetime));
        self.tokens.insert(token.text.clone(), (holder.clone(), token.expires));
        token
    }

    /// Finds the holder of a token. Returns `None` if the token is unknown, revoked or expired.
    pub(super) fn holder(&self, token: &str, now: DateTime<Utc>) -> Option<Holder> {
        let (holder, expires) = self.tokens.get(token)?;
        (now < *expires).then(|| holder.clone())
    }

    pub(super) fn revoke_all(&mut self) {
        self.tokens.clear();
    }

    pub(super) fn record(&self, holder: &Holder) -> CustomerRecord {
        match holder {
            Holder::Server => self.server,
            Holder::User(email) => self
                .users
                .get(email)
                .map_or(self.server, |user| CustomerRecord { customer_id: user.customer_id, since: user.registered }),
        }
    }
}

/// A token in the form of a JWT, and when it expires.
#[derive(Clone)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) expires: DateTime<Utc>,
}

impl Token {
    /// Makes a token with the claims `iat`, `exp` (both in seconds since 1970), `sub`, `kind` and `jti`.
    ///
    /// Its third part is random and not a signature: the emulator looks its tokens up.
    pub(super) fn new(subject: &str, kind: &str, number: u64, issued: DateTime<Utc>, expires: DateTime<Utc>) -> Self {
        let header = json!({"alg": "HS256", "typ": "JWT"});
        let claims = json!({
            "iat": issued.timestamp(),
            "exp": expires.timestamp(),
            "sub": subject,
            "kind": kind,
            "jti": number.to_string(),
        });
        let signature = random_bytes(number);
        let parts = [header.to_string().as_bytes(), claims.to_string().as_bytes(), &signature]
            .map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
        Self { text: parts.join("."), expires }
    }
}
