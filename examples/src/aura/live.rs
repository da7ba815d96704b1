use crate::{Failure, variables::Variables};
use aura_client::{Aura, AuraBuilder, Secret};
use std::{env, ffi::OsString, fmt, time::Duration};

/// A server of AURA's that the environment names, in the place of an emulator.
///
/// | variable | meaning |
/// |---|---|
/// | `AURA_BASE_URL` | the server, such as `https://staging-panic.aura.services`; without it an emulator is used |
/// | `AURA_USER_TOKEN` | the token of one user |
/// | `AURA_CLIENT_ID`, `AURA_CLIENT_SECRET` | the credentials that AURA gave you; they serve where there is no user's token |
/// | `AURA_PATH_PREFIX` | what stands before every path, if it isn't `/panic-api`; may be empty |
/// | `AURA_POLL_MS` | the shortest time between two polls in milliseconds, the longest is twice that; default: 10,000, as AURA recommends |
///
/// A variable that is empty counts as absent, but for the prefix.
pub struct LiveAura {
    base_url: String,
    path_prefix: Option<String>,
    user_token: Option<Secret>,
    server: Option<(Secret, Secret)>,
    poll: Option<Duration>,
}

impl LiveAura {
    /// Reads the environment; `None` if it names no server.
    ///
    /// # Errors
    ///
    /// A usage error if credentials are missing, or a value can't be read. It quotes no value.
    pub fn from_env() -> Result<Option<Self>, Failure> {
        Self::read(|name| env::var_os(name))
    }

    fn read(variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<Self>, Failure> {
        let variables = Variables(variable);
        let Some(base_url) = variables.text("AURA_BASE_URL")? else { return Ok(None) };
        let user_token = variables.text("AURA_USER_TOKEN")?.map(Secret::from);
        let server = match (variables.text("AURA_CLIENT_ID")?, variables.text("AURA_CLIENT_SECRET")?) {
            (Some(id), Some(secret)) => Some((id.into(), secret.into())),
            (None, None) if user_token.is_some() => None,
            (None, None) => {
                return Err(missing("AURA_USER_TOKEN, or AURA_CLIENT_ID and AURA_CLIENT_SECRET"));
            }
            (Some(_), None) => return Err(missing("AURA_CLIENT_SECRET, which belongs to AURA_CLIENT_ID")),
            (None, Some(_)) => return Err(missing("AURA_CLIENT_ID, which belongs to AURA_CLIENT_SECRET")),
        };
        let poll = variables.number("AURA_POLL_MS", "milliseconds")?.map(Duration::from_millis);
        let path_prefix = variables.any("AURA_PATH_PREFIX")?;
        Ok(Some(Self { base_url, path_prefix, user_token, server, poll }))
    }

    /// A client's builder with all that the environment says.
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

    /// The server as the environment names it. Show it only once a client was built: that refuses an address with a
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
}

fn missing(what: &str) -> Failure {
    Failure::usage(format!("AURA_BASE_URL is set, but this is missing: {what}. Nothing was sent."))
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
    use crate::variables::environment;

    const URL: (&str, &str) = ("AURA_BASE_URL", "https://panic.example.com");
    const TOKEN: (&str, &str) = ("AURA_USER_TOKEN", "canary-token");
    const ID: (&str, &str) = ("AURA_CLIENT_ID", "canary-id");
    const SECRET: (&str, &str) = ("AURA_CLIENT_SECRET", "canary-secret");

    fn read(set: &[(&str, &str)]) -> Result<Option<LiveAura>, Failure> {
        LiveAura::read(environment(set))
    }

    #[test]
    fn without_a_url_no_server_is_meant() {
        assert!(read(&[TOKEN, ID, SECRET]).unwrap().is_none());
        assert!(read(&[("AURA_BASE_URL", ""), TOKEN]).unwrap().is_none());
    }

    #[test]
    fn either_kind_of_credentials_will_do() {
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
    fn what_is_missing_or_unreadable_is_named_and_no_value_is() {
        let pace = ("AURA_POLL_MS", "canary-ms");
        for (set, name) in [
            (&[URL][..], "AURA_USER_TOKEN, or AURA_CLIENT_ID and"),
            (&[URL, ("AURA_USER_TOKEN", "")], "AURA_USER_TOKEN, or"),
            (&[URL, ID], "missing: AURA_CLIENT_SECRET"),
            (&[URL, TOKEN, SECRET], "missing: AURA_CLIENT_ID"),
            (&[URL, TOKEN, pace], "AURA_POLL_MS"),
        ] {
            let failure = read(set).unwrap_err().to_string();
            assert!(failure.contains(name) && !failure.contains("canary"), "{failure}");
        }
    }
}
