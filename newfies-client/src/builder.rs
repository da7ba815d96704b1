//! Where the server is, who calls it, and how its clock reads.

use crate::{client::Newfies, ids::API, time::Zone};
use care_client_core::{Credentials, Error, Options, Personal, Pipeline, Secret};
use chrono::TimeZone;
use http::header::AUTHORIZATION;
use std::fmt;
use url::Url;

const USER_AGENT: &str = concat!("newfies-client/", env!("CARGO_PKG_VERSION"));
const ALL_404: &str = "the server has answered every call with 404 so far: check the base URL, which is \
                       everything before `event/`, such as https://dialer.example.com/rest-api/";

/// Builds a [`Newfies`]. Start with [`Newfies::builder`].
///
/// | setting | default |
/// |---|---|
/// | [`base_url`](Self::base_url) | none: required |
/// | [`basic_auth`](Self::basic_auth) or [`token`](Self::token) | none: calls fail before anything is sent |
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

    /// Sets the address of the server, with any host, port and prefix: `https://dialer.example.com/`,
    /// `http://127.0.0.1:8000/`. `/rest-api/` is added if it is missing.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets user and password of the web interface. Every request carries them, because the server never asks for them
    /// (defect [`NEWF-36`](crate::defects)), encoded as ISO-8859-1, which the server reads. A password with a
    /// character that ISO-8859-1 lacks, such as `€`, can't be sent in any encoding, and [`build`](Self::build) refuses
    /// it: use a [`token`](Self::token) then (defect [`NEWF-52`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Work Flow with API",
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.login = Some(Login::Basic(user.into(), password.into()));
        self
    }

    /// Sets a token from the administration pages, instead of user and password.
    ///
    /// Source: Newfies-Dialer, `newfies/newfies_dialer/settings.py`,
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.login = Some(Login::Token(token.into()));
        self
    }

    /// Sets the server's time zone, in which times without an offset become points in time, both those received and
    /// those sent. Default: unknown, and they stay [`ServerTime::Naive`](crate::ServerTime::Naive).
    ///
    /// Any `TimeZone` of chrono works: [`Utc`](chrono::Utc), a [`FixedOffset`](chrono::FixedOffset), or a zone with
    /// daylight saving time such as `chrono_tz::Europe::Madrid` from the crate `chrono-tz`, which isn't a dependency of
    /// this crate. A time that a clock change skips or repeats stays naive.
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

    /// Allows plain http to hosts other than loopback. Use it only on a protected network.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Sets transport, timeouts, retries, limits and observer.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Builds the client. It sends nothing.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if the base URL is missing, unusable, or plain http to a host that isn't
    /// loopback; if user, password or token can't be sent in a header, or not in ISO-8859-1; or if the transport can't
    /// be set up. Missing credentials fail the first call instead.
    pub fn build(self) -> Result<Newfies, Error> {
        let base = self.base_url.as_deref().map(with_api_path).ok_or_else(|| {
            Error::config("no server configured: call base_url(\"https://…/\") with the address of the web interface")
        })?;
        let credentials = match &self.login {
            // NEWF-36, NEWF-52
            Some(Login::Basic(user, password)) => Credentials::basic_latin1(user, password)?,
            Some(Login::Token(token)) if token.expose().trim().is_empty() => {
                return Err(Error::config("the token is empty: check where it was read from"));
            }
            Some(Login::Token(token)) => {
                Credentials::header(AUTHORIZATION, &Secret::new(format!("Token {}", token.expose())))?
            }
            None => Credentials::Missing("no credentials configured: call basic_auth() or token() on the builder"),
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

// Not the base URL: before it is checked, it may hold a password.
impl fmt::Debug for NewfiesBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewfiesBuilder")
            .field("server_time_zone", &self.zone)
            .field("allow_plain_http", &self.allow_plain_http)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// The base URL with `rest-api` as its last path segment, whether it was given with it or not.
fn with_api_path(base: &str) -> String {
    let Ok(mut url) = Url::parse(base.trim()) else { return base.to_owned() };
    let path = url.path().trim_end_matches('/').to_owned();
    if path.rsplit('/').next() != Some(API) {
        url.set_path(&format!("{path}/{API}"));
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_any_base_url_ends_in_that_of_the_api() {
        for (base, url) in [
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000/rest-api"),
            ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/rest-api"),
            ("http://127.0.0.1:8000/rest-api", "http://127.0.0.1:8000/rest-api"),
            ("http://127.0.0.1:8000/rest-api/", "http://127.0.0.1:8000/rest-api/"),
            (" https://proxy.example.com/dialer/ ", "https://proxy.example.com/dialer/rest-api"),
            ("https://proxy.example.com/rest-api/inner", "https://proxy.example.com/rest-api/inner/rest-api"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(with_api_path(base), url);
        }
    }
}
