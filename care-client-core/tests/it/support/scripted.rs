//! What takes the network's and the stores' place, as the test's script says.

use bytes::Bytes;
use care_client_core::{
    BoxFuture, Credentials, Error, RawResponse, StoreError, Token, TokenCache, TokenSource, TokenStore, Transport,
    TransportError, TransportFailure,
};
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::{Instant, sleep};

/// What comes of one attempt.
pub(crate) enum Step {
    Status(u16, &'static str),
    /// A status with one header.
    With(u16, &'static str, String),
    /// Any answer.
    Raw(RawResponse),
    /// Any answer, whose body is what came before the connection broke.
    Cut(RawResponse),
    Refused,
    Broken,
    /// Nothing until the attempt's limit.
    Silence,
    /// A wait, and then the other step.
    After(Duration, Box<Step>),
}

pub(crate) fn after(wait: Duration, step: Step) -> Step {
    Step::After(wait, Box::new(step))
}

/// One attempt as it was handed over.
pub(crate) struct Sent {
    pub(crate) at: Instant,
    pub(crate) limit: Duration,
    pub(crate) request: Request<Bytes>,
}

impl Sent {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.request.headers().get(name).map(|value| value.to_str().unwrap())
    }
}

type Script = dyn Fn(usize, &Request<Bytes>) -> Step + Send + Sync;

/// A transport without a network: asks the script what comes of each attempt, and notes what was sent. It waits by
/// tokio's clock and honours the attempt's limit, so tests run it with the clock paused.
#[derive(Clone)]
pub(crate) struct Scripted {
    script: Arc<Script>,
    log: Arc<Mutex<Vec<Sent>>>,
}

impl Scripted {
    /// The script gets the number of the attempt, beginning with 1, over all calls.
    pub(crate) fn new(script: impl Fn(usize, &Request<Bytes>) -> Step + Send + Sync + 'static) -> Self {
        Self { script: Arc::new(script), log: Arc::default() }
    }

    pub(crate) fn always(status: u16, body: &'static str) -> Self {
        Self::new(move |_, _| Step::Status(status, body))
    }

    pub(crate) fn count(&self) -> usize {
        self.log.lock().unwrap().len()
    }

    /// What `look` sees of each attempt.
    pub(crate) fn sent<T>(&self, look: impl Fn(&Sent) -> T) -> Vec<T> {
        self.log.lock().unwrap().iter().map(look).collect()
    }

    /// The values of one header, attempt by attempt.
    pub(crate) fn headers(&self, name: &str) -> Vec<String> {
        self.sent(|sent| sent.header(name).unwrap_or("none").to_owned())
    }

    /// The waits between the attempts.
    pub(crate) fn gaps(&self) -> Vec<Duration> {
        self.sent(|sent| sent.at).windows(2).map(|pair| pair[1] - pair[0]).collect()
    }
}

impl Transport for Scripted {
    fn send(
        &self,
        request: Request<Bytes>,
        limit: Duration,
        _max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        let step = {
            let mut log = self.log.lock().unwrap();
            let step = (self.script)(log.len() + 1, &request);
            log.push(Sent { at: Instant::now(), limit, request });
            step
        };
        Box::pin(play(step, limit))
    }
}

async fn play(mut step: Step, mut limit: Duration) -> Result<RawResponse, TransportError> {
    while let Step::After(wait, then) = step {
        if wait >= limit {
            step = Step::Silence;
            break;
        }
        sleep(wait).await;
        (step, limit) = (*then, limit - wait);
    }
    match step {
        Step::Status(status, body) => Ok(raw(status, HeaderMap::new(), body)),
        Step::With(status, name, value) => {
            let header = (HeaderName::from_static(name), HeaderValue::from_str(&value).unwrap());
            Ok(raw(status, HeaderMap::from_iter([header]), ""))
        }
        Step::Raw(raw) => Ok(raw),
        Step::Cut(raw) => Err(TransportError::Body(Box::new(raw), TransportFailure::broken("cut"))),
        Step::Refused => Err(TransportError::Connect(TransportFailure::broken("refused"))),
        Step::Broken => Err(TransportError::Head(TransportFailure::broken("broken"))),
        Step::Silence | Step::After(..) => {
            sleep(limit).await;
            Err(TransportError::Head(TransportFailure::timed_out()))
        }
    }
}

fn raw(status: u16, headers: HeaderMap, body: &'static str) -> RawResponse {
    RawResponse::new(StatusCode::from_u16(status).unwrap(), headers, body)
}

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
