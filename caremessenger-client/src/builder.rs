//! The settings of a client: server, credentials, and what is sent for empty lists.

use crate::{auth::SignInSource, client::CareMessenger, providers::EmptyLists};
use care_client_core::{Credentials, Error, Options, Pipeline, Secret, TokenCache, TokenStore, check_credential};
use http::HeaderName;
use std::{fmt, sync::Arc};

const USER_AGENT: &str = concat!("caremessenger-client/", env!("CARGO_PKG_VERSION"));
const BASE_URL: &str = "https://api.caremessenger.co.uk";
const PREFIX: &str = "v2";
const ALL_404: &str = "the server has answered 404 to everything so far: the base URL or api_prefix() may be wrong; \
                       the documented ones are https://api.caremessenger.co.uk and v2";
const NO_CREDENTIALS: &str = "CareMessenger requires a token: set credentials() (an administrator's name and \
                              password) or token() on the builder";

/// Makes a [`CareMessenger`]. Begin with [`CareMessenger::builder`].
///
/// | setting | default |
/// |---|---|
/// | [`credentials`](Self::credentials) or [`token`](Self::token) | none: every call fails before it is sent |
/// | [`header_auth`](Self::header_auth) | none |
/// | [`base_url`](Self::base_url) | `https://api.caremessenger.co.uk` |
/// | [`api_prefix`](Self::api_prefix) | `v2` |
/// | [`token_store`](Self::token_store) | none: the token lives as long as the client |
/// | [`empty_lists`](Self::empty_lists) | [`EmptyLists::Omit`] |
/// | [`options`](Self::options) | see [`Options`] |
#[must_use = "call build() to get the client"]
pub struct CareMessengerBuilder {
    base_url: String,
    api_prefix: String,
    auth: Auth,
    token_store: Option<Arc<dyn TokenStore>>,
    empty_lists: EmptyLists,
    allow_plain_http: bool,
    options: Options,
}

enum Auth {
    Missing,
    Account(String, Secret),
    Token(Secret),
    Header(HeaderName, Secret),
}

impl CareMessengerBuilder {
    pub(crate) fn new() -> Self {
        Self {
            base_url: BASE_URL.to_owned(),
            api_prefix: PREFIX.to_owned(),
            auth: Auth::Missing,
            token_store: None,
            empty_lists: EmptyLists::Omit,
            allow_plain_http: false,
            options: Options::new(),
        }
    }

    /// Sets the name and password of an administrator with the permissions that your program needs; accounts are made
    /// at <https://admin.caremessenger.co.uk>. The token is fetched when it is first needed, kept, and
    /// renewed before it expires or when it is refused (defect [`CARE-35`](crate::defects)).
    ///
    /// Source: CareMessenger, *Authentication*, <https://docs.caremessenger.co.uk/authentication.html>.
    pub fn credentials(mut self, username: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.auth = Auth::Account(username.into(), password.into());
        self
    }

    /// Sets a token that you have, instead of name and password. Nothing can renew it: when it has expired,
    /// calls fail with 401.
    ///
    /// Source: CareMessenger, *Authentication*, <https://docs.caremessenger.co.uk/authentication.html>.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.auth = Auth::Token(token.into());
        self
    }

    /// Sends this header with every request: name and whole value. For a server that wants the token in another form
    /// than the documented `Authorization: Bearer …`, as older ones of its framework want `JWT …`.
    pub fn header_auth(mut self, name: HeaderName, value: impl Into<Secret>) -> Self {
        self.auth = Auth::Header(name, value.into());
        self
    }

    /// Sets scheme, host and port of the server. Default: `https://api.caremessenger.co.uk`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Sets the path prefix of all resources; signing in has none. Default: `v2`.
    pub fn api_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.api_prefix = prefix.into();
        self
    }

    /// Sets a store in which the token of the [`credentials`](Self::credentials) outlives the process. It is kept under
    /// `user:<username>`, whatever the [`base_url`](Self::base_url) is: give each server a store of its own, or the
    /// token of one is sent to the other.
    pub fn token_store(mut self, store: impl TokenStore + 'static) -> Self {
        self.token_store = Some(Arc::new(store));
        self
    }

    /// Sets what becomes of a list of notifiers that is empty when a provider is created. Default:
    /// [`EmptyLists::Omit`], as in the vendor's second example (defect [`CARE-23`](crate::defects)).
    pub fn empty_lists(mut self, lists: EmptyLists) -> Self {
        self.empty_lists = lists;
        self
    }

    /// Allows plain http to other hosts than loopback: only where the network itself is protected.
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
    /// [`Kind::Config`](crate::Kind::Config) if the base URL can't be used, if it is plain http to a host that isn't
    /// loopback, if a token can't be sent in a header, if name or password have a line break, or if the transport can't
    /// be set up. Missing credentials are reported by the first call.
    pub fn build(self) -> Result<CareMessenger, Error> {
        let public = Pipeline::builder(self.base_url, USER_AGENT)
            .path_prefix(self.api_prefix)
            .allow_plain_http(self.allow_plain_http)
            .not_found_hint(ALL_404)
            .options(self.options)
            .build()?;
        let credentials = match self.auth {
            Auth::Missing => Credentials::Missing(NO_CREDENTIALS),
            Auth::Token(token) => Credentials::bearer(&token)?,
            Auth::Header(name, value) => Credentials::header(name, &value)?,
            Auth::Account(username, password) => {
                check_credential("the user name", &username)?;
                check_credential("the password", password.expose())?;
                let key = format!("user:{username}");
                let source = SignInSource::new(public.clone(), username, password);
                Credentials::Token(match self.token_store {
                    Some(store) => TokenCache::stored(source, store, key),
                    None => TokenCache::new(source),
                })
            }
        };
        Ok(CareMessenger { pipeline: public.with_credentials(credentials), empty_lists: self.empty_lists })
    }
}

// Not the base URL: until build() has checked it, it may hold a password.
impl fmt::Debug for CareMessengerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CareMessengerBuilder")
            .field("api_prefix", &self.api_prefix)
            .field("empty_lists", &self.empty_lists)
            .field("allow_plain_http", &self.allow_plain_http)
            .field("token_store", &self.token_store.is_some())
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
