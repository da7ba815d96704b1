use crate::{Newfies, address, time::Zone};
use care_client_core::{Credentials, Error, Options, Personal, Pipeline, Secret};
use chrono::TimeZone;
use http::header::AUTHORIZATION;
use std::fmt;

const USER_AGENT: &str = concat!("newfies-client/", env!("CARGO_PKG_VERSION"));
const ALL_404: &str = "the server has answered 404 to everything so far: the base URL may be wrong; it is all that stands before \
                       `event/`, as https://dialer.example.com/rest-api/";

/// Makes a [`Newfies`]. Begin with [`Newfies::builder`].
///
/// | setting | default |
/// |---|---|
/// | [`base_url`](Self::base_url) | none: it must be said |
/// | [`basic_auth`](Self::basic_auth) or [`token`](Self::token) | none: every call fails before it is sent |
/// | [`server_time_zone`](Self::server_time_zone) | unknown: naive times stay naive |
/// | [`options`](Self::options) | see [`Options`] |
#[must_use = "call build() to get the client"]
pub struct NewfiesBuilder {
    base_url: Option<String>,
    login: Option<Login>,
    zone: Zone,
    allow_plain_http: bool,
    options: Options,
}

enum Login {
    Basic(String, Secret),
    Token(Secret),
}

impl NewfiesBuilder {
    pub(crate) fn new() -> Self {
        Self { base_url: None, login: None, zone: Zone::default(), allow_plain_http: false, options: Options::new() }
    }

    /// Sets where the server is: any host, port and prefix, as `https://dialer.example.com/` or `http://127.0.0.1:8000/`.
    /// `/rest-api/` is added where it isn't said.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets user and password, those of the web interface. They are sent with every request, since the server asks for none
    /// (defect [`NEWF-36`](crate::defects)), as ISO-8859-1, which it reads, or as UTF-8 if that has no such characters (defect
    /// [`NEWF-52`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Work Flow with API", <https://github.com/newfies-dialer/newfies-dialer>.
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.login = Some(Login::Basic(user.into(), password.into()));
        self
    }

    /// Sets a token that was made in the administration pages, instead of user and password.
    ///
    /// Source: Newfies-Dialer, `newfies/newfies_dialer/settings.py`, <https://github.com/newfies-dialer/newfies-dialer>.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.login = Some(Login::Token(token.into()));
        self
    }

    /// Sets how the server's clock reads, for times without an offset: what it sends becomes points in time, and so does what
    /// you give. Default: nobody knows, and they stay [`ServerTime::Naive`](crate::ServerTime::Naive).
    ///
    /// It takes any zone of chrono's: [`Utc`](chrono::Utc), a [`FixedOffset`](chrono::FixedOffset), or one that knows when clocks
    /// are changed, such as `chrono_tz::Europe::Madrid` of the crate `chrono-tz`, whose tables are not among this crate's
    /// dependencies. A time that the clocks leave out or show twice stays naive.
    ///
    /// ```
    /// use newfies_client::Newfies;
    ///
    /// let newfies = Newfies::builder()
    ///     .base_url("https://dialer.example.com/")
    ///     .basic_auth("manager", "a password")
    ///     .server_time_zone(chrono::Utc)
    ///     .build()?;
    /// # Ok::<(), newfies_client::Error>(())
    /// ```
    pub fn server_time_zone<Z: TimeZone + Send + Sync + 'static>(mut self, zone: Z) -> Self {
        self.zone = Zone::of(zone);
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
    /// [`Kind::Config`](crate::Kind::Config) if no base URL was said, if it can't be used or is plain http to a host that isn't
    /// loopback, if user, password or token can't be sent in a header, or if the transport can't be set up. That the
    /// credentials are missing shows at the first call.
    pub fn build(self) -> Result<Newfies, Error> {
        let base = self.base_url.as_deref().map(address::whole).ok_or_else(|| {
            Error::config("no server was said: use base_url(\"https://…/\"), the address of the web interface")
        })?;
        let credentials = match &self.login {
            // NEWF-36, NEWF-52
            Some(Login::Basic(user, password)) => Credentials::basic_latin1(user, password)?,
            Some(Login::Token(token)) if token.expose().trim().is_empty() => {
                return Err(Error::config("the token is empty: see that it was read from where you keep it"));
            }
            Some(Login::Token(token)) => {
                Credentials::header(AUTHORIZATION, &Secret::new(format!("Token {}", token.expose())))?
            }
            None => Credentials::Missing(
                "the server answers nobody without credentials: give some by basic_auth() or token() on the builder",
            ),
        };
        // NEWF-46: the transport keeps no cookies.
        let pipeline = Pipeline::builder(base, USER_AGENT)
            .allow_plain_http(self.allow_plain_http)
            .credentials(credentials)
            .not_found_hint(ALL_404)
            .options(self.options)
            .build()?;
        let user = match self.login {
            Some(Login::Basic(user, _)) => Some(Personal(user)),
            _ => None,
        };
        Ok(Newfies { pipeline, zone: self.zone, user })
    }
}

// Not the base URL: as long as nobody has looked at it, it may hold a password.
impl fmt::Debug for NewfiesBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewfiesBuilder")
            .field("server_time_zone", &self.zone)
            .field("allow_plain_http", &self.allow_plain_http)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
