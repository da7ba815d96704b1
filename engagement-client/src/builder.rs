use crate::{Engagement, Platform, UserId, address, client::IMPERSONATED};
use care_client_core::{Credentials, Error, Options, Pipeline, RateLimit, Secret};
use std::fmt;

const USER_AGENT: &str = concat!("engagement-client/", env!("CARGO_PKG_VERSION"));
/// What the vendor allows.
const PER_MINUTE: u32 = 500;
const ALL_404: &str = "the server has answered 404 to everything so far: account, platform or base URL may be wrong; the base \
                       URL is all that stands before `interventions`, as https://acme.api.digital.ringcentral.com/1.0";

/// Makes an [`Engagement`]. Begin with [`Engagement::builder`].
///
/// | setting | default |
/// |---|---|
/// | [`account`](Self::account) or [`base_url`](Self::base_url) | none: one of them must be said |
/// | [`platform`](Self::platform) | [`Platform::Dimelo`] |
/// | [`access_token`](Self::access_token) | none: every call fails before it is sent |
/// | [`impersonate`](Self::impersonate) | none: calls are the token's user's |
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

impl EngagementBuilder {
    pub(crate) fn new() -> Self {
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

    /// Sets the account: `acme` is `https://acme.api.engagement.dimelo.com/1.0`, or the same on another
    /// [`platform`](Self::platform). The documents' placeholder `DOMAIN` is refused (defect [`ENG-09`](crate::defects)).
    ///
    /// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "servers",
    /// <https://github.com/ringcentral/engage-digital-api-docs>.
    pub fn account(mut self, name: impl Into<String>) -> Self {
        self.account = Some(name.into());
        self
    }

    /// Sets the platform that the account lives on. Default: [`Platform::Dimelo`]. If you sign in at
    /// `https://acme.digital.ringcentral.com`, it is [`Platform::RingCentral`].
    pub fn platform(mut self, platform: Platform) -> Self {
        self.platform = platform;
        self
    }

    /// Sets all that stands before `interventions`, such as `https://host:8443/any/prefix/1.0`, instead of account and
    /// platform. A URL without a path gets the documented `/1.0`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the token, made in the administration pages ("API access tokens"). It is sent with every request as
    /// `Authorization: Bearer`, and never in the address. What it may do is what its user may do, and that user does all that
    /// is done with it: defect [`ENG-27`](crate::defects).
    ///
    /// The page of the operations says that none is needed; the vendor's guide says that every request needs one (defect
    /// [`ENG-08`](crate::defects)).
    ///
    /// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/auth.md` and `docs/basics/access-token.md`,
    /// <https://github.com/ringcentral/engage-digital-api-docs>.
    pub fn access_token(mut self, token: impl Into<Secret>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Makes every call as this user instead of the token's: who opens an intervention, for one. The token's user needs the
    /// role flag `impersonate_user`, or the service answers 400. For some calls only, see [`Engagement::as_user`].
    ///
    /// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/impersonation.md`,
    /// <https://github.com/ringcentral/engage-digital-api-docs>.
    pub fn impersonate(mut self, user: impl Into<UserId>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// Sends no more than 500 requests in any minute, which is what the vendor allows: further calls wait for their turn, or
    /// fail at once if it doesn't come before their deadline. Default: off, and 429 is answered with a wait and a repeat.
    /// All clones of the client share the limit. After a burst of 500 the next call's turn comes a minute later, which is the
    /// default deadline of a call: whoever sends in bursts gives [`Options::timeout`] more.
    ///
    /// Whether the vendor counts by token or by account isn't documented. For another number, or one limit for several
    /// clients or programs' shares of it, give [`Options::rate_limit`] a [`RateLimit`] of your own; it goes before this one.
    ///
    /// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/responses.md`,
    /// <https://github.com/ringcentral/engage-digital-api-docs>.
    pub fn rate_limited(mut self) -> Self {
        self.rate_limited = true;
        self
    }

    /// Allows plain http to other hosts than loopback: only where the network itself is protected.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Sets transport, timeouts, repeats, limits and observer.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if neither account nor base URL was said, if the account is the documents'
    /// placeholder or no label of a domain, if the base URL can't be used, is the application's instead of the API's or plain
    /// http to a host that isn't loopback, if the token can't be sent in a header, if the user to impersonate is empty or no
    /// id, or if the transport can't be set up. That the token is missing shows at the first call.
    pub fn build(self) -> Result<Engagement, Error> {
        let base = match (&self.base_url, &self.account) {
            (Some(url), _) => address::whole(url)?,
            (None, Some(account)) => address::of_account(account, self.platform)?,
            (None, None) => {
                return Err(Error::config("no server was said: use account(\"acme\") or base_url(\"https://…/1.0\")"));
            }
        };
        // ENG-08
        let credentials = match &self.token {
            Some(token) => Credentials::bearer(token)?,
            None => Credentials::Missing(
                "the service answers nobody without a token: give one by access_token() on the builder",
            ),
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
            if let Some(flaw) = user.flaw() {
                return Err(Error::config(format!(
                    "the id of the user to impersonate {flaw}; to act as the token's user, leave impersonate() out"
                )));
            }
            pipeline = pipeline.with_query(IMPERSONATED, user.as_str().to_owned());
        }
        Ok(Engagement { pipeline })
    }
}

// Not the base URL: as long as nobody has looked at it, it may hold a password.
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
