//! The settings of a client. Nothing is sent before the first call.

use crate::{
    address::{self, Platform},
    client::{Engagement, IMPERSONATED},
    ids::{ObjectId as _, UserId},
};
use care_client_core::{Credentials, Error, Options, Pipeline, RateLimit, Secret};
use std::fmt;

const USER_AGENT: &str = concat!("engagement-client/", env!("CARGO_PKG_VERSION"));
/// The vendor's rate limit, in requests a minute.
const PER_MINUTE: u32 = 500;
const ALL_404: &str = "the server has answered 404 to everything so far: account, platform or base URL may be wrong; \
                       the base URL is everything before `interventions`, such as \
                       https://acme.api.digital.ringcentral.com/1.0";

/// Builds an [`Engagement`] client. Start with [`Engagement::builder`].
///
/// | setting | default |
/// |---|---|
/// | [`account`](Self::account) or [`base_url`](Self::base_url) | none; one of them is required |
/// | [`platform`](Self::platform) | [`Platform::Dimelo`] |
/// | [`access_token`](Self::access_token) | none; every call fails before it is sent |
/// | [`impersonate`](Self::impersonate) | none; calls act as the token's user |
/// | [`rate_limited`](Self::rate_limited) | off |
/// | [`options`](Self::options) | see [`Options`] |
#[must_use = "call build() to get the client"]
pub struct EngagementBuilder {
    account: Option<String>,
    platform: Platform,
    base_url: Option<String>,
    token: Option<Secret>,
    user: Option<UserId>,
    rate_limited: bool,
    allow_plain_http: bool,
    options: Options,
}

impl Engagement {
    /// Starts building a client.
    pub fn builder() -> EngagementBuilder {
        EngagementBuilder::new()
    }
}

impl EngagementBuilder {
    fn new() -> Self {
        Self {
            account: None,
            platform: Platform::default(),
            base_url: None,
            token: None,
            user: None,
            rate_limited: false,
            allow_plain_http: false,
            options: Options::new(),
        }
    }

    /// Sets the account: `acme` stands for `https://acme.api.engagement.dimelo.com/1.0`, or the same name on another
    /// [`platform`](Self::platform). The documents' placeholder `DOMAIN` is rejected (defect
    /// [`ENG-09`](crate::defects)).
    ///
    /// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "servers",
    /// <https://github.com/ringcentral/engage-digital-api-docs>.
    pub fn account(mut self, name: impl Into<String>) -> Self {
        self.account = Some(name.into());
        self
    }

    /// Sets the platform that hosts the account. Default: [`Platform::Dimelo`]. If you sign in at
    /// `https://acme.digital.ringcentral.com`, it is [`Platform::RingCentral`].
    pub fn platform(mut self, platform: Platform) -> Self {
        self.platform = platform;
        self
    }

    /// Sets everything before `interventions` in the address, such as `https://host:8443/any/prefix/1.0`, instead of
    /// account and platform. A URL without a path gets the documented `/1.0`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the API access token, which an administrator creates under "API access tokens". It is sent with every
    /// request as `Authorization: Bearer`, and never in the address. It acts with its user's permissions and in that
    /// user's name (defect [`ENG-27`](crate::defects)).
    ///
    /// The page of the operations says that no authorization is required; the vendor's guide says that every request
    /// needs a token (defect [`ENG-08`](crate::defects)).
    ///
    /// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/auth.md` and `docs/basics/access-token.md`,
    /// <https://github.com/ringcentral/engage-digital-api-docs>.
    pub fn access_token(mut self, token: impl Into<Secret>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Makes every call act as this user instead of the token's user, for example as the one who opens an intervention.
    /// The token's user needs the role flag `impersonate_user`; otherwise the service answers 400. To impersonate in
    /// some calls only, use [`Engagement::as_user`].
    ///
    /// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/impersonation.md`,
    /// <https://github.com/ringcentral/engage-digital-api-docs>.
    pub fn impersonate(mut self, user: impl Into<UserId>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// Sends at most 500 requests in any minute, the vendor's limit. Further calls wait for their turn, or fail at once
    /// if it would come after their deadline. Default: off; a 429 is retried after a backoff. All clones of the client
    /// share the limit. After a burst of 500 requests the next call waits up to a minute, which is the default deadline
    /// of a call: programs that send in bursts should raise [`Options::timeout`].
    ///
    /// The documents don't say whether the vendor counts per token or per account. For another number, or to share one
    /// limit between several clients, pass your own [`RateLimit`] to [`Options::rate_limit`]; it takes precedence over
    /// this one.
    ///
    /// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/responses.md`,
    /// <https://github.com/ringcentral/engage-digital-api-docs>.
    pub fn rate_limited(mut self) -> Self {
        self.rate_limited = true;
        self
    }

    /// Allows plain http to hosts other than loopback. Use it only where the network itself is protected.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Sets transport, timeouts, retries, limits and observer.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) in these cases:
    ///
    /// - neither account nor base URL is set;
    /// - the account is the documents' placeholder, or not a single DNS label;
    /// - the base URL is invalid, belongs to the web application instead of the API, or is plain http to a host other
    ///   than loopback;
    /// - the token can't be sent in a header;
    /// - the user to impersonate is empty or not an id;
    /// - the transport can't be set up.
    ///
    /// A missing token is reported by the first call.
    pub fn build(self) -> Result<Engagement, Error> {
        let base = match (&self.base_url, &self.account) {
            (Some(url), _) => address::complete(url)?,
            (None, Some(account)) => address::of_account(account, self.platform)?,
            (None, None) => {
                return Err(Error::config("no server configured: call account(\"acme\") or base_url(\"https://…\")"));
            }
        };
        // ENG-08
        let credentials = match &self.token {
            Some(token) => Credentials::bearer(token)?,
            None => {
                Credentials::Missing("the service requires an access token: set it with access_token() on the builder")
            }
        };
        let options = match self.options {
            options if self.rate_limited && !options.has_rate_limit() => {
                options.rate_limit(RateLimit::per_minute(PER_MINUTE))
            }
            options => options,
        };
        let mut pipeline = Pipeline::builder(base, USER_AGENT)
            .allow_plain_http(self.allow_plain_http)
            .credentials(credentials)
            .not_found_hint(ALL_404)
            .options(options)
            .build()?;
        if let Some(user) = self.user {
            if let Some(error) = user.validation_error() {
                return Err(Error::config(format!(
                    "the id of the user to impersonate {error}; to act as the token's user, leave out impersonate()"
                )));
            }
            pipeline = pipeline.with_query(IMPERSONATED, user.as_str().to_owned());
        }
        Ok(Engagement { pipeline })
    }
}

// Leaves out the base URL: it may hold a password until build() has checked it.
impl fmt::Debug for EngagementBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EngagementBuilder")
            .field("platform", &self.platform)
            .field("rate_limited", &self.rate_limited)
            .field("allow_plain_http", &self.allow_plain_http)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
