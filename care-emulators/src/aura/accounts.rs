//! Who is known, and by which token.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::moment::Moment;
use super::token::Token;
use crate::clock::later;

/// Whom a token stands for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Holder {
    /// The integrator's backend.
    Server,
    /// One customer, named by the e-mail address of the registration.
    User(Arc<str>),
}

struct User {
    password: String,
    registered: Moment,
    customer_id: u64,
}

/// How long tokens live.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lifetimes {
    pub(super) server: Duration,
    pub(super) user: Duration,
}

/// The customer record that belongs to a holder.
#[derive(Clone, Copy)]
pub(super) struct Record {
    pub(super) customer_id: u64,
    pub(super) since: Moment,
}

pub(super) struct Accounts {
    users: HashMap<Arc<str>, User>,
    tokens: HashMap<String, (Holder, DateTime<Utc>)>,
    lifetimes: Lifetimes,
    /// The record under which the backend's own callouts run.
    server: Record,
    issued: u64,
}

/// The number of the first customer's record.
const FIRST_CUSTOMER: u64 = 141;

impl Accounts {
    pub(super) fn new(lifetimes: Lifetimes, now: DateTime<Utc>) -> Self {
        let server = Record { customer_id: FIRST_CUSTOMER - 1, since: Moment::new(now) };
        Self { users: HashMap::new(), tokens: HashMap::new(), lifetimes, server, issued: 0 }
    }

    /// Registers a user; `None` if the address is taken.
    pub(super) fn register(&mut self, email: &str, password: &str, now: DateTime<Utc>) -> Option<Holder> {
        if self.users.contains_key(email) {
            return None;
        }
        let email: Arc<str> = email.into();
        let customer_id = FIRST_CUSTOMER + self.users.len() as u64;
        let user = User { password: password.to_owned(), registered: Moment::new(now), customer_id };
        self.users.insert(email.clone(), user);
        Some(Holder::User(email))
    }

    /// The user with this address and this password.
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

    /// Whom this token stands for; `None` if it is unknown, revoked or expired.
    pub(super) fn holder(&self, token: &str, now: DateTime<Utc>) -> Option<Holder> {
        let (holder, expires) = self.tokens.get(token)?;
        (now < *expires).then(|| holder.clone())
    }

    pub(super) fn revoke_all(&mut self) {
        self.tokens.clear();
    }

    pub(super) fn record(&self, holder: &Holder) -> Record {
        match holder {
            Holder::Server => self.server,
            Holder::User(email) => self
                .users
                .get(email)
                .map_or(self.server, |user| Record { customer_id: user.customer_id, since: user.registered }),
        }
    }
}
