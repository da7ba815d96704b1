use care_client_core::{BoxFuture, Credentials, Error, StoreError, Token, TokenCache, TokenSource, TokenStore};
use std::sync::{Arc, Mutex};

type Fetch = dyn Fn(usize) -> BoxFuture<'static, Result<Token, Error>> + Send + Sync;

/// A source that counts its fetches and does what the test says, by their number beginning with 1.
#[derive(Clone)]
pub(crate) struct Source {
    fetch: Arc<Fetch>,
    count: Arc<Mutex<usize>>,
}

impl Source {
    pub(crate) fn new<F>(fetch: impl Fn(usize) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Token, Error>> + Send + 'static,
    {
        Self { fetch: Arc::new(move |number| Box::pin(fetch(number))), count: Arc::default() }
    }

    /// Issues `token-1`, `token-2` and so on.
    pub(crate) fn counting() -> Self {
        Self::new(|number| async move { Ok(Token::new(format!("token-{number}"))) })
    }

    pub(crate) fn count(&self) -> usize {
        *self.count.lock().unwrap()
    }

    pub(crate) fn credentials(&self) -> Credentials {
        Credentials::Token(TokenCache::new(self.clone()))
    }
}

impl TokenSource for Source {
    fn fetch(&self) -> BoxFuture<'_, Result<Token, Error>> {
        let number = {
            let mut count = self.count.lock().unwrap();
            *count += 1;
            *count
        };
        (self.fetch)(number)
    }
}

/// A store that fails each time, or never answers.
pub(crate) enum BadStore {
    Fails,
    Hangs,
}

impl BadStore {
    async fn go<T>(&self) -> Result<T, StoreError> {
        match self {
            Self::Fails => Err("the disk is full".into()),
            Self::Hangs => std::future::pending().await,
        }
    }
}

impl TokenStore for BadStore {
    fn load<'a>(&'a self, _key: &'a str) -> BoxFuture<'a, Result<Option<Token>, StoreError>> {
        Box::pin(self.go())
    }

    fn save<'a>(&'a self, _key: &'a str, _token: &'a Token) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.go())
    }
}
