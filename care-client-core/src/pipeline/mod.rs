//! A pipeline: what all calls of a client go through. It holds the transport, the server's address, the credentials,
//! the retry budget and the options.
//!
//! # Contract
//!
//! - A pipeline talks to one server, the one of its base URL, and sends its credentials nowhere else.
//! - Clones, and handles with other [credentials](Pipeline::with_credentials) or [queries](Pipeline::with_query),
//!   share the connections, the retry budget and the rate limit.
//! - [`build()`](PipelineBuilder::build) finds what is configured wrongly: nothing is sent before a call is awaited.
//!
//! # Where users configure it
//!
//! Users meet it as the `.options(..)` and the credentials of a service crate's builder:
//!
//! ```
//! use care_client_core::{Credentials, Options, Pipeline, Secret};
//! use std::time::Duration;
//!
//! let pipeline = Pipeline::builder("https://api.example.com", "demo/1.0")
//!     .path_prefix("/v1")
//!     .credentials(Credentials::bearer(&Secret::new("my-token"))?)
//!     .options(Options::new().timeout(Duration::from_secs(20)));
//! # #[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
//! assert_eq!(pipeline.build()?.origin(), "https://api.example.com");
//! # Ok::<(), care_client_core::Error>(())
//! ```

mod options;

pub use options::Options;

use crate::{
    attempts::{Engine, RetryBudget},
    auth::{Credentials, Token, TokenStore, check_credential, within},
    error::Error,
    gate::PollGate,
    request::{Text, origin::Origin},
    response::AnswerFormat,
    transport::{HAS_TLS, Http, Transport},
};
use http::{HeaderMap, HeaderValue};
use std::{
    borrow::Cow,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

/// What a client's calls go through: transport, origin, credentials and options. Cheap to clone.
///
/// The service crates make one for each client. Two pipelines can share everything but the credentials and the query:
/// [`with_credentials`](Self::with_credentials), [`with_query`](Self::with_query).
#[derive(Clone)]
pub struct Pipeline {
    pub(crate) engine: Arc<Engine>,
    pub(crate) credentials: Arc<Credentials>,
    /// Whether a call with these credentials has ever succeeded.
    pub(crate) is_accepted: Arc<AtomicBool>,
    /// The pairs that are added to the query of each call. Usually there are none, which costs nothing.
    pub(crate) query: Option<Arc<Vec<(Text, Text)>>>,
}

/// Makes a [`Pipeline`], for the builders of service crates.
#[must_use = "call build() to get the pipeline"]
pub struct PipelineBuilder {
    base_url: String,
    prefix: String,
    user_agent: &'static str,
    credentials: Credentials,
    options: Options,
    allow_plain_http: bool,
    not_found_hint: Option<&'static str>,
    answers: AnswerFormat,
}

impl Pipeline {
    /// Starts building a pipeline to the server at `base_url`. Default: without credentials.
    pub fn builder(base_url: impl Into<String>, user_agent: &'static str) -> PipelineBuilder {
        PipelineBuilder {
            base_url: base_url.into(),
            prefix: String::new(),
            user_agent,
            credentials: Credentials::None,
            options: Options::new(),
            allow_plain_http: false,
            not_found_hint: None,
            answers: AnswerFormat::Json,
        }
    }

    /// Returns a pipeline with other credentials and the same transport, origin, options and retry budget.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self { credentials: Arc::new(credentials), is_accepted: Arc::default(), ..self.clone() }
    }

    /// Returns a pipeline that sets this pair in the query of each call, and replaces any with that key: for
    /// parameters that a service takes with every request, such as on whose behalf it acts. Not for secrets: those
    /// are [`Credentials`].
    #[must_use]
    pub fn with_query(&self, key: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        let (key, value) = (key.into(), value.into());
        let mut query = self.query.as_deref().cloned().unwrap_or_default();
        query.retain(|(known, _)| *known != key);
        query.push((key, value));
        Self { query: Some(Arc::new(query)), ..self.clone() }
    }

    /// Names the credentials, without a value, as in the text of a 401: such as "the access token". `None` if there are
    /// none.
    #[must_use]
    pub fn credentials_name(&self) -> Option<Cow<'static, str>> {
        self.credentials.refused()
    }

    /// Whether any call with these credentials has ever succeeded, over this pipeline or a clone of it.
    #[must_use]
    pub fn had_success(&self) -> bool {
        self.is_accepted.load(Relaxed)
    }

    /// Obtains the credentials now, so that a failure shows early instead of in the first call.
    ///
    /// # Errors
    ///
    /// [`Kind::Auth`](crate::Kind::Auth) if a token can't be obtained, [`Kind::Config`](crate::Kind::Config) if
    /// credentials are missing.
    pub async fn prepare(&self) -> Result<(), Error> {
        self.credentials.apply(&mut HeaderMap::new(), self.engine.observer.as_ref()).await.map(drop)
    }

    /// Saves a token in a store, as a [`TokenCache`](crate::TokenCache) does: a store that fails or hangs delays the
    /// call by 5 s at most, and is reported to the observer.
    pub async fn save_token(&self, store: &dyn TokenStore, key: &str, token: &Token) {
        // The caller has the token in any case.
        let _ = within(store.save(key, token), self.engine.observer.as_deref()).await;
    }

    /// The gate for polls in the background over this pipeline's transport.
    #[must_use]
    pub fn poll_gate(&self) -> &PollGate {
        &self.engine.gate
    }

    /// Scheme, host and port of the server.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.engine.origin.as_str()
    }
}

impl PipelineBuilder {
    /// Sets the path below which all operations lie. Default: none.
    pub fn path_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Sets the credentials. Default: none.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }

    /// Sets the options.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Allows plain http to other hosts than loopback. Default: refused.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// Sets a hint for errors while the server has answered every request so far with 404: usually the base URL is
    /// wrong then.
    pub fn not_found_hint(mut self, hint: &'static str) -> Self {
        self.not_found_hint = Some(hint);
        self
    }

    /// Sets the format of the service's answers, so that those of a gateway aren't taken for its own. Default: JSON.
    pub fn answers(mut self, format: AnswerFormat) -> Self {
        self.answers = format;
        self
    }

    /// Makes the pipeline.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if the base URL or the prefix can't be used, if it is plain http to a
    /// host that isn't loopback, if it is https in a build without a TLS feature and without a transport of your own,
    /// if the user agent has invalid header characters, if a credential in the query has a line break, or if the
    /// transport can't be set up.
    pub fn build(self) -> Result<Pipeline, Error> {
        if let Credentials::Query(key, secret) = &self.credentials {
            check_credential(&format!("the credential in the query parameter {key}"), secret.expose())?;
        }
        let origin = Origin::new(&self.base_url, &self.prefix, self.allow_plain_http)?;
        let user_agent = HeaderValue::from_str(self.user_agent)
            .map_err(|_| Error::config("invalid header characters in the user agent; check for a line break"))?;
        let options = self.options;
        let (transport, gate) = match options.transport {
            Some(own) => own,
            None if origin.is_https() && !HAS_TLS => {
                return Err(Error::config(
                    "https needs TLS: enable the feature rustls, rustls-ring or native-tls, or set a transport",
                ));
            }
            None => {
                let http = Http::with_connect_timeout(options.connect_timeout)?;
                let gate = http.poll_gate();
                (Arc::new(http) as Arc<dyn Transport>, gate)
            }
        };
        let engine = Engine {
            origin,
            transport,
            gate,
            observer: options.observer,
            budget: RetryBudget::default(),
            retry: options.retry,
            rate_limit: options.rate_limit,
            timeout: options.timeout,
            attempt_timeout: options.attempt_timeout,
            max_body: options.max_body,
            reuse_for_once: options.reuse_for_once,
            user_agent,
            not_found_hint: self.not_found_hint,
            answers: self.answers,
            answered: AtomicBool::new(false),
            has_odd_media_type: AtomicBool::new(false),
            succeeded: AtomicBool::new(false),
        };
        Ok(Pipeline {
            engine: Arc::new(engine),
            credentials: Arc::new(self.credentials),
            is_accepted: Arc::default(),
            query: None,
        })
    }
}

// Not the base URL: as long as nobody has looked at it, it may hold a password.
impl fmt::Debug for PipelineBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PipelineBuilder")
            .field("credentials", &self.credentials)
            .field("options", &self.options)
            .field("allow_plain_http", &self.allow_plain_http)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pipeline")
            .field("base", &self.engine.origin)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
