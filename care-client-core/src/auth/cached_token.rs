//! A token while it is cached: with its header made, and with its renewal and expiry on the local clock; and the slot
//! that holds the current one for all callers.

use super::token::Token;
use crate::error::Error;
use chrono::Utc;
use http::HeaderValue;
use std::{
    sync::{Arc, PoisonError, RwLock, atomic::AtomicBool},
    time::Duration,
};
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
    /// When it was fetched; `None` if it was loaded from a store.
    pub(super) fetched_at: Option<Instant>,
    /// Whether the server has accepted it once.
    pub(super) is_accepted: AtomicBool,
    /// Whether a refusal of it was counted.
    pub(super) is_refused: AtomicBool,
}

impl CachedToken {
    /// Prepares a token from a store.
    pub(super) fn loaded(token: Token) -> Result<Self, Error> {
        let header = token.secret().bearer_header()?;
        Ok(Self { token, header, fetched_at: None, is_accepted: false.into(), is_refused: false.into() })
    }

    /// Prepares a token that was fetched just now.
    pub(super) fn fetched(token: Token) -> Result<Self, Error> {
        Ok(Self { fetched_at: Some(Instant::now()), ..Self::loaded(token)? })
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.token.secret() == other.token.secret()
    }
}

/// The token of a cache, if it has one.
#[derive(Default)]
pub(super) struct Slot(RwLock<Option<Current>>);

impl Slot {
    fn read<T>(&self, look: impl FnOnce(&Current) -> Option<T>) -> Option<T> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).as_ref().and_then(look)
    }

    /// The token, unless it is time to renew it or it has expired.
    pub(super) fn fresh(&self) -> Option<Arc<CachedToken>> {
        self.read(Current::fresh)
    }

    /// The token, unless it has expired.
    pub(super) fn valid(&self) -> Option<Arc<CachedToken>> {
        self.read(Current::valid)
    }

    /// The token, however old.
    pub(super) fn token(&self) -> Option<Arc<CachedToken>> {
        self.read(|current| Some(Arc::clone(&current.token)))
    }

    /// Begins to use a token. One that nothing can renew serves until the server refuses it.
    pub(super) fn set(&self, token: Arc<CachedToken>, is_renewable: bool) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Current::new(token, is_renewable));
    }

    /// What there is after a renewal failed: the old token, if it is still valid.
    pub(super) fn serve_on(&self) -> Option<Arc<CachedToken>> {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let current = current.as_mut()?;
        // The renewal may have got as far as to the store.
        current.fresh().or_else(|| {
            current.pause();
            current.valid()
        })
    }
}

/// A token, and how long it serves by the local clock.
struct Current {
    token: Arc<CachedToken>,
    renew_at: Option<Instant>,
    expires_at: Option<Instant>,
}

impl Current {
    fn new(token: Arc<CachedToken>, renewable: bool) -> Self {
        let left = token.token.expiry().and_then(|at| (at - Utc::now()).to_std().ok());
        let after = |wait: Duration| Instant::now().checked_add(wait);
        Self {
            token,
            renew_at: left.and_then(|left| after(left - MARGIN.min(left / 10))),
            expires_at: left.filter(|_| renewable).and_then(after),
        }
    }

    fn fresh(&self) -> Option<Arc<CachedToken>> {
        self.valid().filter(|_| is_before(self.renew_at))
    }

    fn valid(&self) -> Option<Arc<CachedToken>> {
        is_before(self.expires_at).then(|| Arc::clone(&self.token))
    }

    /// Puts the next renewal off after one has failed.
    fn pause(&mut self) {
        self.renew_at = Instant::now().checked_add(PAUSE);
    }
}

fn is_before(limit: Option<Instant>) -> bool {
    limit.is_none_or(|limit| Instant::now() < limit)
}
