//! The settings of a client: server, credentials, and how its documents are written. Nothing is sent before the first
//! call.

use crate::{
    address::Address,
    client::Leap,
    xml::write::{AckFlagSpelling, Dialect},
};
use care_client_core::{AnswerFormat, Credentials, Error, Options, Pipeline, Secret};
use http::HeaderName;
use std::fmt;

const USER_AGENT: &str = concat!("leap-client/", env!("CARGO_PKG_VERSION"));
const ALL_404: &str = "the server has answered 404 to every request so far: the base URL may be wrong; it is all \
                       before `requests`, such as https://acme.leapcities.com/api/v1/";

/// Builds a [`Leap`]. Start with [`Leap::builder`].
///
/// | setting | default |
/// |---|---|
/// | [`company`](Self::company), [`own_domain`](Self::own_domain) or [`base_url`](Self::base_url) | none: required |
/// | [`basic_auth`](Self::basic_auth) or [`header_auth`](Self::header_auth) | none: calls fail unsent |
/// | [`ack_flag_spelling`](Self::ack_flag_spelling) | [`AckFlagSpelling::Both`] |
/// | [`request_namespace`](Self::request_namespace) | off |
/// | [`options`](Self::options) | see [`Options`] |
#[must_use = "call build() to get the client"]
pub struct LeapBuilder {
    address: Option<Address>,
    auth: Auth,
    dialect: Dialect,
    allow_plain_http: bool,
    options: Options,
}

enum Auth {
    Missing,
    Basic(String, Secret),
    Header(HeaderName, Secret),
}

impl Leap {
    /// Starts building a client.
    pub fn builder() -> LeapBuilder {
        LeapBuilder::new()
    }
}

impl LeapBuilder {
    pub(crate) fn new() -> Self {
        Self {
            address: None,
            auth: Auth::Missing,
            dialect: Dialect::default(),
            allow_plain_http: false,
            options: Options::new(),
        }
    }

    /// Sets the server of a company on the vendor's domain: `acme` is `https://acme.leapcities.com/api/v1/`.
    ///
    /// Source: Majitek, *Requests Web Services API*, "BASE URL",
    /// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
    pub fn company(mut self, name: impl Into<String>) -> Self {
        self.address = Some(Address::Company(name.into()));
        self
    }

    /// Sets the server of a company that has its own domain: `acme` is `https://api.acme.com/api/v1/`. The vendor
    /// documents `.com` only; for any other domain use [`base_url`](Self::base_url).
    ///
    /// Source: Majitek, *Requests Web Services API*, "BASE URL",
    /// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
    pub fn own_domain(mut self, name: impl Into<String>) -> Self {
        self.address = Some(Address::OwnDomain(name.into()));
        self
    }

    /// Sets everything before `requests`, such as `https://host:8443/any/prefix/api/v1/`. A URL without a path gets the
    /// documented `/api/v1/`.
    #[doc(alias = "root")]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.address = Some(Address::BaseUrl(url.into()));
        self
    }

    /// Sets the user name and password of the *External System* that an operator created for you (Operator Portal,
    /// Settings, Systems). They are sent with every request by HTTP basic authentication.
    ///
    /// The vendor documents no authentication scheme (defect [`LEAP-18`](crate::defects)). If the server answers 401
    /// and asks for another scheme, the error names it; then use [`header_auth`](Self::header_auth).
    ///
    /// Source: Majitek, *Accessing the APIs*, <http://docs.majitek.com/plaza/dev/Accessing+the+APIs>.
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.auth = Auth::Basic(user.into(), password.into());
        self
    }

    /// Sends this header with every request instead of basic authentication. Give its name and whole value, such as
    /// `authorization` and `Bearer …`.
    pub fn header_auth(mut self, name: HeaderName, value: impl Into<Secret>) -> Self {
        self.auth = Auth::Header(name, value.into());
        self
    }

    /// Sets the spelling of the flag that keeps updates unacknowledged. Default: both spellings at once, since each
    /// server knows one of them.
    pub fn ack_flag_spelling(mut self, spelling: AckFlagSpelling) -> Self {
        self.dialect.ack_flag_spelling = spelling;
        self
    }

    /// Writes the API's XML namespace into the documents that are sent, for a server that requires it. Default: no
    /// namespace, as in the vendor's examples (defect [`LEAP-03`](crate::defects)).
    pub fn request_namespace(mut self, written: bool) -> Self {
        self.dialect.namespace = written;
        self
    }

    /// Allows plain http to hosts other than loopback. Use it only where the network itself is protected. LEAP answers
    /// plain http with a redirect to https.
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
    /// [`Kind::Config`](crate::Kind::Config) if no server is configured, a company's name is not a single domain label,
    /// the base URL is unusable or is plain http to a host other than loopback, the credentials have characters that a
    /// header can't carry, or the transport can't be set up. Missing credentials are an error of the first call, not of
    /// `build`.
    pub fn build(self) -> Result<Leap, Error> {
        let address = self.address.ok_or_else(|| {
            Error::config(
                "no server configured: use company(\"acme\"), own_domain(\"acme\") or base_url(\"https://…/api/v1/\")",
            )
        })?;
        let credentials = match &self.auth {
            Auth::Missing => Credentials::Missing("no credentials configured: set them by basic_auth() on the builder"),
            Auth::Basic(user, password) => Credentials::basic(user, password)?,
            Auth::Header(name, value) => Credentials::header(name.clone(), value)?,
        };
        let pipeline = Pipeline::builder(address.base_url()?, USER_AGENT)
            .allow_plain_http(self.allow_plain_http)
            .credentials(credentials)
            .not_found_hint(ALL_404)
            .answers(AnswerFormat::Xml)
            .options(self.options)
            .build()?;
        Ok(Leap { pipeline, dialect: self.dialect })
    }
}

// Not the base URL: until it is checked, it may contain a password.
impl fmt::Debug for LeapBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeapBuilder")
            .field("dialect", &self.dialect)
            .field("allow_plain_http", &self.allow_plain_http)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
