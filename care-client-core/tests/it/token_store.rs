//! Tokens outlive the process in a caller's store, and a store that fails, hangs or holds nonsense keeps no call back.

use crate::support::*;
use care_client_core::{
    BoxFuture, Credentials, Kind, MemoryTokenStore, Observe, Options, Pipeline, StoreError, Token, TokenCache,
    TokenStore,
};
use chrono::{TimeDelta, Utc};
use std::{sync::Arc, sync::atomic::AtomicUsize, sync::atomic::Ordering::SeqCst, time::Duration};
use tokio::{time::Instant, time::advance};

const KEY: &str = "user:jo@example.com";

/// Counts what an observer is told of a store.
#[derive(Clone, Default)]
struct Told(Arc<AtomicUsize>);

impl Observe for Told {
    fn store_failed(&self, _error: &StoreError) {
        self.0.fetch_add(1, SeqCst);
    }
}

fn over_cache(scripted: &Scripted, cache: TokenCache, told: &Told) -> Pipeline {
    let options = Options::new().transport(scripted.clone()).observer(told.clone());
    pipeline_with("http://localhost", options, Credentials::Token(cache))
}

/// A server that accepts one token only.
fn accepting(token: &'static str) -> Scripted {
    Scripted::new(move |_, request| match request.headers()["authorization"] == format!("Bearer {token}") {
        true => Step::Status(200, DONE),
        false => Step::Status(401, ""),
    })
}

async fn holding(token: impl Into<Token>) -> Arc<MemoryTokenStore> {
    let store = Arc::new(MemoryTokenStore::new());
    store.save(KEY, &token.into()).await.unwrap();
    store
}

async fn held(store: &MemoryTokenStore) -> Option<String> {
    store.load(KEY).await.unwrap().map(|token| token.secret().expose().to_owned())
}

fn named(name: &str) -> Token {
    Token::new(name)
}

#[tokio::test(start_paused = true)]
async fn a_stored_token_is_used_and_a_fetched_one_is_saved() {
    let (source, told) = (Source::counting(), Told::default());
    let store = holding(named("stored")).await;
    let cache = || TokenCache::stored(source.clone(), store.clone(), KEY);
    over_cache(&accepting("stored"), cache(), &told).call(Look).await.unwrap();
    assert_eq!(source.count(), 0);
    // What is refused is fetched anew and saved; the next process begins with that.
    over_cache(&accepting("token-1"), cache(), &told).call(Look).await.unwrap();
    assert_eq!((source.count(), held(&store).await.as_deref()), (1, Some("token-1")));
    over_cache(&accepting("token-1"), cache(), &told).call(Look).await.unwrap();
    assert_eq!((source.count(), told.0.load(SeqCst)), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn each_key_has_its_own_token() {
    let store = Arc::new(MemoryTokenStore::new());
    for (key, other) in [(KEY, "server:other"), ("server:other", KEY)] {
        store.save(key, &Token::new(key)).await.unwrap();
        let scripted = accepting(key);
        let cache = TokenCache::only_stored(store.clone(), key);
        over_cache(&scripted, cache, &Told::default()).call(Look).await.unwrap();
        assert_ne!(store.load(key).await.unwrap(), store.load(other).await.unwrap());
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_or_hangs_delays_no_call_and_is_reported() {
    for (store, at_most) in [(BadStore::Fails, 0), (BadStore::Hangs, 10)] {
        let (source, told) = (Source::counting(), Told::default());
        let cache = TokenCache::stored(source.clone(), Arc::new(store), KEY);
        let scripted = accepting("token-1");
        let pipeline = over_cache(&scripted, cache, &told);
        let started = Instant::now();
        pipeline.call(Add).await.unwrap();
        assert!(started.elapsed() <= Duration::from_secs(at_most), "{:?}", started.elapsed());
        assert_eq!((source.count(), told.0.load(SeqCst)), (1, 2), "a load and a save");
        // And only once.
        let again = Instant::now();
        pipeline.call(Add).await.unwrap();
        assert_eq!(again.elapsed(), Duration::ZERO);
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_401_another_process_may_have_saved_a_newer_token() {
    let (source, told) = (Source::counting(), Told::default());
    let store = holding(named("old")).await;
    let pipeline = over_cache(&accepting("newer"), TokenCache::stored(source.clone(), store.clone(), KEY), &told);
    store.save(KEY, &named("old")).await.unwrap();
    // The server changes its mind while the other process has a new token already.
    pipeline.call(Look).await.unwrap_err();
    assert_eq!(source.count(), 1);
    store.save(KEY, &named("newer")).await.unwrap();
    pipeline.call(Look).await.unwrap();
    assert_eq!(source.count(), 1);
}

/// Hands out the same old token for ever, and saves nothing.
struct Frozen;

impl TokenStore for Frozen {
    fn load<'a>(&'a self, _key: &'a str) -> BoxFuture<'a, Result<Option<Token>, StoreError>> {
        Box::pin(async { Ok(Some(Token::new("stale"))) })
    }

    fn save<'a>(&'a self, _: &'a str, _: &'a Token) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async { Err("read-only".into()) })
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_cannot_save_does_not_bring_an_old_token_back() {
    let accepted = Arc::new(AtomicUsize::new(1));
    let current = Arc::clone(&accepted);
    let scripted = Scripted::new(move |_, request| {
        let good = format!("Bearer token-{}", current.load(SeqCst));
        if request.headers()["authorization"] == good { Step::Status(200, DONE) } else { Step::Status(401, "") }
    });
    let cache = TokenCache::stored(Source::counting(), Arc::new(Frozen), KEY);
    let pipeline = over_cache(&scripted, cache, &Told::default());
    for number in 1..=3 {
        accepted.store(number, SeqCst);
        pipeline.call(Look).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_stored_token_that_no_header_can_carry_is_a_failure_of_the_store() {
    for bad in ["", "two\nlines"] {
        let (source, told) = (Source::counting(), Told::default());
        let store = holding(named(bad)).await;
        let cache = TokenCache::stored(source.clone(), store.clone(), KEY);
        over_cache(&accepting("token-1"), cache, &told).call(Look).await.unwrap();
        assert_eq!((told.0.load(SeqCst), held(&store).await.as_deref()), (1, Some("token-1")), "{bad:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn only_stored_has_what_the_store_has_as_soon_as_it_has_it() {
    let (store, told) = (Arc::new(MemoryTokenStore::new()), Told::default());
    let scripted = accepting("first");
    let pipeline = over_cache(&scripted, TokenCache::only_stored(store.clone(), KEY), &told);
    let error = pipeline.call(Look).await.unwrap_err();
    assert_eq!((error.kind(), scripted.count()), (Kind::Auth, 0));
    store.save(KEY, &named("first")).await.unwrap();
    pipeline.call(Look).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn only_stored_looks_again_after_a_401() {
    let (store, told) = (holding(named("old")).await, Told::default());
    let scripted = accepting("new");
    let pipeline = over_cache(&scripted, TokenCache::only_stored(store.clone(), KEY), &told);
    assert!(pipeline.call(Look).await.unwrap_err().is_unauthorized());
    assert_eq!(scripted.count(), 1);
    store.save(KEY, &named("new")).await.unwrap();
    pipeline.call(Look).await.unwrap();
    assert_eq!(scripted.headers("authorization"), ["Bearer old", "Bearer old", "Bearer new"]);
}

#[tokio::test(start_paused = true)]
async fn only_stored_looks_again_when_its_token_expires_and_uses_it_until_it_is_refused() {
    let expiring = named("old").expires_at(Utc::now() + TimeDelta::hours(1));
    let (store, told) = (holding(expiring).await, Told::default());
    let scripted = Scripted::always(200, DONE);
    let pipeline = over_cache(&scripted, TokenCache::only_stored(store.clone(), KEY), &told);
    pipeline.call(Look).await.unwrap();
    // The local clock may be wrong, and there is nothing else to try.
    advance(Duration::from_secs(7_200)).await;
    pipeline.call(Look).await.unwrap();
    store.save(KEY, &named("new")).await.unwrap();
    advance(Duration::from_secs(7_200)).await;
    pipeline.call(Look).await.unwrap();
    let used = scripted.headers("authorization");
    assert_eq!((used[0].as_str(), used[1].as_str(), used[2].as_str()), ("Bearer old", "Bearer old", "Bearer new"));
}

/// Hands its token out once, and fails from then on.
struct Failing(AtomicUsize);

impl TokenStore for Failing {
    fn load<'a>(&'a self, _key: &'a str) -> BoxFuture<'a, Result<Option<Token>, StoreError>> {
        Box::pin(async {
            match self.0.fetch_add(1, SeqCst) {
                0 => Ok(Some(named("old").expires_at(Utc::now() + TimeDelta::hours(1)))),
                _ => Err("no connection".into()),
            }
        })
    }

    fn save<'a>(&'a self, _: &'a str, _: &'a Token) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async { Ok(()) })
    }
}

#[tokio::test(start_paused = true)]
async fn only_stored_goes_on_with_what_it_has_if_its_store_fails_later() {
    let told = Told::default();
    let store = Arc::new(Failing(AtomicUsize::new(0)));
    let pipeline = over_cache(&accepting("old"), TokenCache::only_stored(store, KEY), &told);
    for (hours, failures) in [(0, 0), (2, 1), (48, 2)] {
        advance(Duration::from_secs(hours * 3_600)).await;
        pipeline.call(Look).await.unwrap();
        assert_eq!(told.0.load(SeqCst), failures);
    }
}

#[tokio::test(start_paused = true)]
async fn only_stored_whose_store_fails_says_so_and_asks_again() {
    let (scripted, told) = (Scripted::always(200, DONE), Told::default());
    let cache = TokenCache::only_stored(Arc::new(BadStore::Fails), KEY);
    let pipeline = over_cache(&scripted, cache, &told);
    for failures in 1..=2 {
        let error = pipeline.call(Look).await.unwrap_err();
        assert_eq!((error.kind(), told.0.load(SeqCst), scripted.count()), (Kind::Auth, failures, 0));
        assert!(error.to_string().contains("the token store failed"), "{error}");
        assert!(error.report().contains("the disk is full"), "{}", error.report());
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_is_saved_by_hand_within_the_same_limit() {
    let (scripted, told) = (accepting("given"), Told::default());
    let store = Arc::new(MemoryTokenStore::new());
    let pipeline = over_cache(&scripted, TokenCache::only_stored(store.clone(), KEY), &told);
    pipeline.save_token(&*store, KEY, &named("given")).await;
    pipeline.call(Look).await.unwrap();
    assert_eq!(told.0.load(SeqCst), 0);
    let started = Instant::now();
    pipeline.save_token(&BadStore::Hangs, KEY, &named("given")).await;
    assert_eq!((started.elapsed(), told.0.load(SeqCst)), (Duration::from_secs(5), 1));
}
