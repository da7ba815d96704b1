//! Makes a client: server, credentials, pace and options. Nothing is sent by [`build`](AuraBuilder::build).

use crate::{
    auth::{ServerTokenSource, server_key},
    client::{Aura, Shared},
    environment::{self, Environment},
    ids::ClassificationId,
    pace::Pace,
    report,
};
use care_client_core::{
    Credentials, Error, Options, Pipeline, PipelineBuilder, Secret, TokenCache, TokenStore, check_credential,
};
use std::{fmt, ops::RangeBounds, sync::Arc, time::Duration};

const USER_AGENT: &str = concat!("aura-client/", env!("CARGO_PKG_VERSION"));
const DEFAULT_PREFIX: &str = "/panic-api";
const ALL_404: &str = "the server has answered 404 to everything so far: the path prefix may be wrong; the default \
                       /panic-api is \
                       documented nowhere, set the one that AURA named to you by path_prefix()";

/// Makes an [`Aura`]. Begin with [`Aura::builder`].
///
/// | setting | default |
/// |---|---|
/// | [`environment`](Self::environment) or [`base_url`](Self::base_url) | none: one of them is required |
/// | [`path_prefix`](Self::path_prefix) | `/panic-api`, **unverified** |
/// | [`user_token`](Self::user_token), [`server_credentials`](Self::server_credentials) | none |
/// | [`token_store`](Self::token_store) | none: tokens live as long as the client |
/// | [`options`](Self::options) | see [`Options`] |
#[must_use = "call build() to get the client"]
pub struct AuraBuilder {
    base_url: Option<String>,
    path_prefix: String,
    user_token: Option<Secret>,
    server: Option<(Secret, Secret)>,
    server_token_path: String,
    user_token_path: String,
    comment_path: String,
    token_store: Option<Arc<dyn TokenStore>>,
    test_mode: Option<ClassificationId>,
    allow_server_callouts: bool,
    allow_plain_http: bool,
    poll_pace: Pace,
    location_interval: Duration,
    keep_last_callout: bool,
    options: Options,
}

impl AuraBuilder {
    pub(crate) fn new() -> Self {
        Self {
            base_url: None,
            path_prefix: DEFAULT_PREFIX.to_owned(),
            user_token: None,
            server: None,
            server_token_path: "/oauth/token".to_owned(),
            user_token_path: "/oauth/token".to_owned(),
            comment_path: "callout".to_owned(),
            token_store: None,
            test_mode: None,
            allow_server_callouts: false,
            allow_plain_http: false,
            poll_pace: Pace::RECOMMENDED,
            location_interval: report::INTERVAL,
            keep_last_callout: false,
            options: Options::new(),
        }
    }

    /// Sets the server by name.
    pub fn environment(self, environment: Environment) -> Self {
        self.base_url(environment.base_url())
    }

    /// Sets the server by scheme, host and port, such as `https://panic.example.com`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the path that all operations lie below; `""` for none. Default: `/panic-api`.
    ///
    /// AURA's guide prints every path relative to a prefix that it doesn't name (defect [`AURA-10`](crate::defects)).
    /// The default is what was seen in use, and is **unverified**. If it is wrong, the server answers 404 to
    /// everything, and the error says so.
    pub fn path_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.path_prefix = prefix.into();
        self
    }

    /// Sets the token of the one user that this client acts for. For a server that acts for many, see
    /// [`Aura::with_user_token`].
    pub fn user_token(mut self, token: impl Into<Secret>) -> Self {
        self.user_token = Some(token.into());
        self
    }

    /// Sets the ClientId and ClientSecret that AURA gave you. The server token is fetched with them at first use,
    /// cached and renewed. They belong on your backend, never in an app. The RequestTypes that come with them aren't
    /// sent (defect [`AURA-46`](crate::defects)).
    pub fn server_credentials(mut self, client_id: impl Into<Secret>, client_secret: impl Into<Secret>) -> Self {
        self.server = Some((client_id.into(), client_secret.into()));
        self
    }

    /// Sets where tokens outlive the process. The server's token is stored under `server:<client id>`, users' tokens
    /// under `user:<mail>`.
    pub fn token_store(mut self, store: impl TokenStore + 'static) -> Self {
        self.token_store = Some(Arc::new(store));
        self
    }

    /// Lets the server's credentials create and follow callouts if there is no user's token. AURA refuses that unless
    /// it is enabled for your ClientId.
    ///
    /// Source: AURA, *Integration Guidelines*, "Server Tokens".
    pub fn allow_server_callouts(mut self) -> Self {
        self.allow_server_callouts = true;
        self
    }

    /// Makes this a client for tests: `create` and `raise` refuse, before anything is sent, every callout that isn't
    /// classified with this id, also one without any classification.
    ///
    /// Read the id once from [`classifications().list()`](crate::Classifications::list): it changes infrequently.
    pub fn test_mode(mut self, test_classification: impl Into<ClassificationId>) -> Self {
        self.test_mode = Some(test_classification.into());
        self
    }

    /// Sets the path of the server's token operation below the prefix. Default: `/oauth/token`, which the guide doesn't
    /// name (defect [`AURA-32`](crate::defects)).
    pub fn server_token_path(mut self, path: impl Into<String>) -> Self {
        self.server_token_path = path.into();
        self
    }

    /// Sets the path of the users' token operation below the prefix. Default: `/oauth/token`, **unverified**
    /// (defect [`AURA-33`](crate::defects)).
    pub fn user_token_path(mut self, path: impl Into<String>) -> Self {
        self.user_token_path = path.into();
        self
    }

    /// Sets the first path segment of the comment operation. Default: `callout`, as documented; every other operation
    /// has `callouts` (defect [`AURA-07`](crate::defects)).
    pub fn comment_path(mut self, segment: impl Into<String>) -> Self {
        self.comment_path = segment.into();
        self
    }

    /// Sets how long watches and sessions wait between polls: each wait is drawn from this range. Default: 10 to 20 s,
    /// as AURA recommends.
    pub fn poll_interval(mut self, range: impl RangeBounds<Duration>) -> Self {
        self.poll_pace = Pace::from_range(range);
        self
    }

    /// Lets sessions keep the whole of the last answer, about 7 kB each, for [`CalloutSession::callout`] and readers
    /// that come late. Default: they keep a [`CalloutSummary`].
    ///
    /// [`CalloutSession::callout`]: crate::CalloutSession::callout
    /// [`CalloutSummary`]: crate::CalloutSummary
    pub fn keep_last_callout(mut self) -> Self {
        self.keep_last_callout = true;
        self
    }

    /// Sets the time from one reported position to the next. Default: 10 s, as AURA asks.
    pub fn location_interval(mut self, interval: Duration) -> Self {
        self.location_interval = interval;
        self
    }

    /// Allows plain http to hosts other than loopback. Only for networks that are protected otherwise.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Sets transport, timeouts, retries, limits and observer.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if no server is configured, if its URL is invalid or in the domain that
    /// the guide misspells (defect [`AURA-09`](crate::defects)), if a credential has a line break or can't be sent in
    /// a header, or if the transport can't be set up. Missing credentials are reported by the first operation that
    /// needs them.
    pub fn build(self) -> Result<Aura, Error> {
        let base_url = self.base_url.ok_or_else(|| {
            Error::config("no server configured: use environment(Environment::Staging) or base_url(..)")
        })?;
        environment::refuse_misspelt(&base_url)?;
        if let Some((id, secret)) = &self.server {
            check_credential("ClientId", id.expose())?;
            check_credential("ClientSecret", secret.expose())?;
        }
        let base: PipelineBuilder = Pipeline::builder(base_url, USER_AGENT)
            .path_prefix(self.path_prefix)
            .allow_plain_http(self.allow_plain_http)
            .not_found_hint(ALL_404)
            .options(self.options);
        let public = base.build()?;
        let user = self.user_token.as_ref().map(Credentials::bearer).transpose()?;
        let server = self.server.map(|(id, secret)| {
            let key = server_key(&id);
            let source = ServerTokenSource::new(public.clone(), id, secret, &self.server_token_path);
            Credentials::Token(match &self.token_store {
                Some(store) => TokenCache::stored(source, Arc::clone(store), key),
                None => TokenCache::new(source),
            })
        });
        let shared = Shared {
            token_store: self.token_store,
            user_token_path: self.user_token_path.into(),
            comment_path: self.comment_path.into(),
            test_mode: self.test_mode,
            allow_server_callouts: self.allow_server_callouts,
            poll_pace: self.poll_pace,
            location_interval: self.location_interval,
            keep_last_callout: self.keep_last_callout,
            classifications: std::sync::Mutex::default(),
        };
        Ok(Aura::assembled(public, server, user, Arc::new(shared)))
    }
}

impl fmt::Debug for AuraBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuraBuilder")
            .field("base_url", &self.base_url.is_some())
            .field("path_prefix", &self.path_prefix)
            .field("user_token", &self.user_token.is_some())
            .field("server_credentials", &self.server.is_some())
            .field("token_store", &self.token_store.is_some())
            .field("test_mode", &self.test_mode)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
