//! The token cache: one token for all callers, fetched or renewed by one of them in a task that outlives a caller who
//! stops waiting. The contract stands at [`TokenCache`].

use super::{
    TokenSource, TokenStore,
    cached_token::{CachedToken, Slot},
    refusals::{Refusals, not_obtained},
    task::{detached, renewed_in_time, within},
};
use crate::{
    error::{Error, StoreError},
    observe::Observe,
};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};
use tokio::sync::Mutex;

/// Keeps one token for all callers of a pipeline; clones are the same cache.
///
/// - Concurrent callers who need a token cause one fetch, and share its failure, too.
/// - It renews ahead of expiry: 60 s before, or in the last tenth of the token's life if that is shorter. One caller
///   renews; the others use the old token meanwhile. If the renewal fails or takes longer than 5 s, the old token is
///   used until it has expired.
/// - After a 401 it renews once, and only if the refused token is still the current one.
/// - **A lasting 401 is no storm of token requests.** When the server has refused two in a row that were fetched and
///   never accepted, or the credentials to fetch one, the next is fetched 10 s later, then 20 s, up to 5 minutes. Calls
///   are sent with the last token meanwhile; the first that is accepted ends the wait. Nor is a 401 for some calls
///   alone, as of servers that mean 403: after five tokens that were refused within a minute of their fetch, the next
///   is fetched 10 s later, and so on.
/// - With a [`TokenStore`] it looks there first, and saves what it fetched. A stored token with invalid header
///   characters counts as a failure of the store.
/// - A token that is expired on arrival by the local clock counts as valid until the server refuses it: the clock is
///   probably wrong.
#[derive(Clone)]
pub struct TokenCache(Arc<Cache>);

struct Cache {
    source: Option<Box<dyn TokenSource>>,
    store: Option<(Arc<dyn TokenStore>, Box<str>)>,
    current: Slot,
    flight: Mutex<Flight>,
    failures: AtomicU64,
    refusals: Refusals,
}

#[derive(Default)]
struct Flight {
    looked: bool,
    /// What the store held when it was last asked.
    stored: Option<Arc<CachedToken>>,
    last_failure: Option<Arc<Error>>,
    /// Why the store could not be asked the last time, if it couldn't.
    store_failure: Option<Arc<StoreError>>,
}

impl TokenCache {
    /// Makes a cache that fetches from `source`.
    pub fn new(source: impl TokenSource + 'static) -> Self {
        Self::made(Some(Box::new(source)), None)
    }

    /// Makes a cache that fetches from `source`, and loads from and saves to `store` under `key`.
    pub fn stored(source: impl TokenSource + 'static, store: Arc<dyn TokenStore>, key: impl Into<Box<str>>) -> Self {
        Self::made(Some(Box::new(source)), Some((store, key.into())))
    }

    /// Makes a cache that can't fetch: it uses what `store` has under `key`. It looks there until there is a token,
    /// again when the token is about to expire, and again after a 401.
    pub fn only_stored(store: Arc<dyn TokenStore>, key: impl Into<Box<str>>) -> Self {
        Self::made(None, Some((store, key.into())))
    }

    fn made(source: Option<Box<dyn TokenSource>>, store: Option<(Arc<dyn TokenStore>, Box<str>)>) -> Self {
        Self(Arc::new(Cache {
            source,
            store,
            current: Slot::default(),
            flight: Mutex::default(),
            failures: AtomicU64::new(0),
            refusals: Refusals::default(),
        }))
    }

    /// The current token, fetched or renewed first if need be.
    pub(crate) async fn get(&self, observer: Option<&Arc<dyn Observe>>) -> Result<Arc<CachedToken>, Error> {
        if let Some(token) = self.0.current.fresh() {
            return Ok(token);
        }
        let seen = self.0.failures.load(SeqCst);
        let (cache, observer) = (Arc::clone(&self.0), observer.cloned());
        detached(async move { cache.have(seen, observer.as_deref()).await }).await
    }

    /// A token other than the rejected one, if one can be obtained.
    pub(crate) async fn renew(
        &self,
        rejected: &Arc<CachedToken>,
        observer: Option<&Arc<dyn Observe>>,
    ) -> Result<Option<Arc<CachedToken>>, Error> {
        let seen = self.0.failures.load(SeqCst);
        let (cache, rejected, observer) = (Arc::clone(&self.0), Arc::clone(rejected), observer.cloned());
        detached(async move { cache.replace(&rejected, seen, observer.as_deref()).await }).await
    }

    /// Takes note that the server accepted a token, or refused it with 401.
    pub(crate) fn answered(&self, token: &CachedToken, is_refused: bool) {
        if is_refused { self.0.refusals.refused(token) } else { self.0.refusals.accepted(token) }
    }

    /// What its tokens are fetched with; `None` if nothing fetches them.
    pub(crate) fn credentials(&self) -> Option<&'static str> {
        self.0.source.as_ref().map(|source| source.credentials())
    }

    /// The token as it is now, so that it can be redacted from answers.
    pub(crate) fn current(&self) -> Option<Arc<CachedToken>> {
        self.0.current.token()
    }
}

impl Cache {
    /// The current token, fetched or renewed first if necessary: by the first caller, for all.
    async fn have(&self, seen: u64, observer: Option<&dyn Observe>) -> Result<Arc<CachedToken>, Error> {
        let valid = self.current.valid();
        let mut flight = match (valid.as_ref(), self.flight.try_lock()) {
            (_, Ok(flight)) => flight,
            (Some(token), Err(_)) => return Ok(Arc::clone(token)),
            (None, Err(_)) => self.flight.lock().await,
        };
        if let Some(token) = self.current.fresh() {
            return Ok(token);
        }
        self.failure_since(seen, &flight)?;
        let looked = std::mem::replace(&mut flight.looked, true);
        if (!looked || self.source.is_none())
            && let Some(token) = self.load(&mut flight, observer).await
        {
            self.current.set(token, self.source.is_some());
            if let Some(token) = self.current.fresh() {
                return Ok(token);
            }
        }
        let fetch = self.fetch(&mut flight, observer);
        // What was loaded may be due for renewal, and serves meanwhile.
        let fetched = match valid.or_else(|| self.current.valid()) {
            None => fetch.await,
            Some(_) => renewed_in_time(fetch).await.unwrap_or_else(|late| Err(self.not_obtained(Arc::new(late)))),
        };
        match fetched {
            Ok(Some(token)) => Ok(token),
            Ok(None) => self.current.serve_on().ok_or_else(|| match flight.store_failure.take() {
                Some(failure) => Error::auth("the token store failed, so the user's token could not be loaded")
                    .with_shared_source(failure),
                None => Error::auth("no token is stored for this user: register the user or fetch a token first"),
            }),
            Err(error) => self.current.serve_on().ok_or(error),
        }
    }

    /// A token other than the rejected one, from the cache, the store or the source.
    async fn replace(
        &self,
        rejected: &Arc<CachedToken>,
        seen: u64,
        observer: Option<&dyn Observe>,
    ) -> Result<Option<Arc<CachedToken>>, Error> {
        let mut flight = self.flight.lock().await;
        // Whoever came first has renewed it already.
        if let Some(token) = self.current.token().filter(|token| !Arc::ptr_eq(token, rejected)) {
            return Ok(Some(token));
        }
        self.failure_since(seen, &flight)?;
        // Another process may have; but what the store held before is older than what was rejected.
        let before = flight.stored.clone();
        if let Some(token) = self.load(&mut flight, observer).await
            && !token.is_same(rejected)
            && before.is_none_or(|before| !token.is_same(&before))
        {
            self.current.set(Arc::clone(&token), self.source.is_some());
            return Ok(Some(token));
        }
        let renewed = self.fetch(&mut flight, observer).await?;
        Ok(renewed.filter(|token| !token.is_same(rejected)))
    }

    fn failure_since(&self, seen: u64, flight: &Flight) -> Result<(), Error> {
        match &flight.last_failure {
            Some(failure) if self.failures.load(SeqCst) != seen => Err(self.not_obtained(Arc::clone(failure))),
            _ => Ok(()),
        }
    }

    async fn fetch(
        &self,
        flight: &mut Flight,
        observer: Option<&dyn Observe>,
    ) -> Result<Option<Arc<CachedToken>>, Error> {
        let Some(source) = &self.source else { return Ok(None) };
        self.refusals.check(source.credentials())?;
        let token = match source.fetch().await.and_then(CachedToken::fetched) {
            Ok(token) => Arc::new(token),
            Err(error) => {
                let failure = Arc::new(error);
                flight.last_failure = Some(Arc::clone(&failure));
                self.failures.fetch_add(1, SeqCst);
                self.refusals.not_fetched(&failure);
                return Err(self.not_obtained(failure));
            }
        };
        self.current.set(Arc::clone(&token), self.source.is_some());
        if let Some((store, key)) = &self.store {
            // The caller has the token in any case.
            let _ = within(store.save(key, &token.token), observer).await;
        }
        Ok(Some(token))
    }

    fn not_obtained(&self, failure: Arc<Error>) -> Error {
        not_obtained(failure, self.source.as_ref().map_or("", |source| source.credentials()))
    }

    async fn load(&self, flight: &mut Flight, observer: Option<&dyn Observe>) -> Option<Arc<CachedToken>> {
        let (store, key) = self.store.as_ref()?;
        let found = async { Ok(store.load(key).await?.map(CachedToken::loaded).transpose()?.map(Arc::new)) };
        let found = within(found, observer).await;
        flight.store_failure = found.as_ref().err().cloned();
        flight.stored = found.ok().flatten();
        flight.stored.clone()
    }
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenCache")
            .field("stored", &self.0.store.is_some())
            .field("has_token", &self.0.current.token().is_some())
            .finish_non_exhaustive()
    }
}
