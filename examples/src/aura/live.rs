//! An AURA server that the environment names, in place of an emulator.

use crate::{
    environment::{self, Variable, both},
    failure::Failure,
};
use aura_client::{Aura, AuraBuilder, Secret};
use clap::Parser;
use std::{fmt, time::Duration};

const BASE_URL: &str = "AURA_BASE_URL";
const USER_TOKEN: &str = "AURA_USER_TOKEN";
const CLIENT_ID: &str = "AURA_CLIENT_ID";
const CLIENT_SECRET: &str = "AURA_CLIENT_SECRET";
const POLL_MS: &str = "AURA_POLL_MS";
const WATCH_SECONDS: &str = "AURA_WATCH_SECONDS";

/// AURA's variables.
#[derive(Parser)]
#[allow(missing_debug_implementations, reason = "it holds secrets")]
#[allow(rustdoc::bare_urls, reason = "these texts are also those of --help")]
pub struct AuraVariables {
    /// the server, such as https://staging-panic.aura.services; without it an emulator is started
    #[arg(long, env = BASE_URL)]
    base_url: Option<String>,
    /// the token of one user; or set AURA_CLIENT_ID and AURA_CLIENT_SECRET
    #[arg(long, env = USER_TOKEN)]
    user_token: Option<String>,
    /// the client id that AURA gave you
    #[arg(long, env = CLIENT_ID)]
    client_id: Option<String>,
    /// the secret of that client id; a user is registered with both
    #[arg(long, env = CLIENT_SECRET)]
    client_secret: Option<String>,
    /// the prefix of every path, if it isn't /panic-api; may be empty
    #[arg(long, env = "AURA_PATH_PREFIX")]
    path_prefix: Option<String>,
    /// the shortest time between two polls, in milliseconds; the longest is twice that [default: 10000, as AURA
    /// recommends]
    #[arg(long, env = POLL_MS)]
    poll_ms: Option<String>,
    /// how long a callout on that server is followed [default: 120]
    #[arg(long, env = WATCH_SECONDS, help_heading = "tour")]
    watch_seconds: Option<String>,
}

/// An AURA server, with credentials for it.
pub struct LiveAura {
    base_url: String,
    path_prefix: Option<String>,
    user_token: Option<Secret>,
    server: Option<(Secret, Secret)>,
    poll: Option<Duration>,
    watch: Duration,
}

impl LiveAura {
    /// Reads the environment; `None` if it names no server.
    ///
    /// # Errors
    ///
    /// A usage error if credentials are missing or a number is invalid. It quotes no value.
    pub fn from_env() -> Result<Option<Self>, Failure> {
        Self::new(&environment::read()?)
    }

    fn new(variables: &AuraVariables) -> Result<Option<Self>, Failure> {
        let Some(base_url) = Variable::new(BASE_URL, &variables.base_url).value() else { return Ok(None) };
        let user_token = Variable::new(USER_TOKEN, &variables.user_token).value();
        let id = Variable::new(CLIENT_ID, &variables.client_id);
        let server = both(id, Variable::new(CLIENT_SECRET, &variables.client_secret))?;
        if user_token.is_none() && server.is_none() {
            let credentials = format!("{USER_TOKEN}, or {CLIENT_ID} and {CLIENT_SECRET},");
            return Err(environment::missing(BASE_URL, &credentials));
        }
        let poll = Variable::new(POLL_MS, &variables.poll_ms).number("milliseconds")?;
        Ok(Some(Self {
            base_url: base_url.to_owned(),
            path_prefix: variables.path_prefix.clone(),
            user_token: user_token.map(Secret::from),
            server: server.map(|(id, secret)| (id.into(), secret.into())),
            poll: poll.map(Duration::from_millis),
            watch: Variable::new(WATCH_SECONDS, &variables.watch_seconds).seconds_or(120)?,
        }))
    }

    /// A client's builder with all settings of the environment.
    pub fn builder(&self) -> AuraBuilder {
        let mut builder = Aura::builder().base_url(&self.base_url);
        if let Some(prefix) = &self.path_prefix {
            builder = builder.path_prefix(prefix);
        }
        if let Some(token) = &self.user_token {
            builder = builder.user_token(token.clone());
        }
        if let Some((id, secret)) = &self.server {
            builder = builder.server_credentials(id.clone(), secret.clone());
        }
        if let Some(poll) = self.poll {
            builder = builder.poll_interval(poll..=poll.saturating_mul(2));
        }
        builder
    }

    /// The server as named in the environment. Print it only after a client was built, which rejects an address with a
    /// password in it.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Whether the environment has a user's token.
    #[must_use]
    pub fn has_user_token(&self) -> bool {
        self.user_token.is_some()
    }

    /// How long the tour follows a callout. Default: 120 s.
    #[must_use]
    pub fn watch_time(&self) -> Duration {
        self.watch
    }
}

impl fmt::Debug for LiveAura {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveAura")
            .field("user_token", &self.user_token.is_some())
            .field("server", &self.server.is_some())
            .field("poll", &self.poll)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: (&str, &str) = (BASE_URL, "https://panic.example.com");
    const TOKEN: (&str, &str) = (USER_TOKEN, "canary-token");
    const ID: (&str, &str) = (CLIENT_ID, "canary-id");
    const SECRET: (&str, &str) = (CLIENT_SECRET, "canary-secret");

    fn read(set: &[(&str, &str)]) -> Result<Option<LiveAura>, Failure> {
        LiveAura::new(&environment::with(set))
    }

    #[test]
    fn without_a_url_an_emulator_is_used() {
        assert!(read(&[TOKEN, ID, SECRET]).unwrap().is_none());
        assert!(read(&[(BASE_URL, ""), TOKEN]).unwrap().is_none());
    }

    #[test]
    fn either_kind_of_credentials_is_accepted() {
        for (set, has_token) in
            [(&[URL, TOKEN][..], true), (&[URL, ID, SECRET], false), (&[URL, TOKEN, ID, SECRET], true)]
        {
            let live = read(set).unwrap().unwrap();
            assert_eq!(live.has_user_token(), has_token, "{set:?}");
            assert!(live.builder().build().is_ok());
            assert!(!format!("{live:?}").contains("canary"), "{live:?}");
        }
    }

    #[test]
    fn an_error_names_the_variable_and_quotes_no_value() {
        let poll = (POLL_MS, "canary-ms");
        for (set, name) in [
            (&[URL][..], "AURA_USER_TOKEN, or AURA_CLIENT_ID and AURA_CLIENT_SECRET, is missing"),
            (&[URL, (USER_TOKEN, "")], "AURA_USER_TOKEN, or"),
            (&[URL, ID], "AURA_CLIENT_SECRET is missing"),
            (&[URL, TOKEN, SECRET], "AURA_CLIENT_ID is missing"),
            (&[URL, TOKEN, poll], "AURA_POLL_MS is not a whole number of milliseconds"),
        ] {
            let failure = read(set).unwrap_err().to_string();
            assert!(failure.contains(name) && !failure.contains("canary"), "{failure}");
        }
    }
}
