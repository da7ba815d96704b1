//! A token while it is cached: with its header made, and with its renewal and expiry on the local clock.

use super::token::Token;
use crate::error::Error;
use chrono::Utc;
use http::HeaderValue;
use std::{sync::Arc, time::Duration};
use tokio::time::Instant;

/// A token is renewed this long before it expires, or in the last tenth of its life if that is shorter.
const MARGIN: Duration = Duration::from_secs(60);
/// After a renewal ahead of expiry failed, the old token serves on for this long before the next try.
const PAUSE: Duration = Duration::from_secs(5);

/// A token with the header value made of it.
#[derive(Debug)]
pub(crate) struct CachedToken {
    pub(crate) token: Token,
    pub(crate) header: HeaderValue,
}

impl CachedToken {
    pub(crate) fn new(token: Token) -> Result<Self, Error> {
        let header = token.secret().bearer_header()?;
        Ok(Self { token, header })
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.token.secret() == other.token.secret()
    }
}

/// The token of a cache, and how long it serves by the local clock.
pub(super) struct Current {
    token: Arc<CachedToken>,
    renew_at: Option<Instant>,
    expires_at: Option<Instant>,
}

impl Current {
    /// Begins to use a token. One that nothing can renew serves until the server refuses it.
    pub(super) fn new(token: Arc<CachedToken>, renewable: bool) -> Self {
        let left = token.token.expiry().and_then(|at| (at - Utc::now()).to_std().ok());
        let after = |wait: Duration| Instant::now().checked_add(wait);
        Self {
            token,
            renew_at: left.and_then(|left| after(left - MARGIN.min(left / 10))),
            expires_at: left.filter(|_| renewable).and_then(after),
        }
    }

    pub(super) fn token(&self) -> Arc<CachedToken> {
        Arc::clone(&self.token)
    }

    /// The token, unless it is time to renew it or it has expired.
    pub(super) fn fresh(&self) -> Option<Arc<CachedToken>> {
        self.valid().filter(|_| is_before(self.renew_at))
    }

    /// The token, unless it has expired.
    pub(super) fn valid(&self) -> Option<Arc<CachedToken>> {
        is_before(self.expires_at).then(|| self.token())
    }

    /// Puts the next renewal off after one has failed.
    pub(super) fn pause(&mut self) {
        self.renew_at = Instant::now().checked_add(PAUSE);
    }
}

fn is_before(limit: Option<Instant>) -> bool {
    limit.is_none_or(|limit| Instant::now() < limit)
}
