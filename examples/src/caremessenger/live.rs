use crate::{Failure, variables::Variables};
use caremessenger_client::{CareMessenger, CareMessengerBuilder, Secret};
use std::{env, ffi::OsString, fmt};

const BASE_URL: &str = "CAREMESSENGER_BASE_URL";
const USERNAME: &str = "CAREMESSENGER_USERNAME";
const PASSWORD: &str = "CAREMESSENGER_PASSWORD";
const TOKEN: &str = "CAREMESSENGER_TOKEN";

/// A server of CareMessenger's that the environment names, in the place of an emulator.
///
/// There is one such server for everybody, so it is the credentials that name it.
///
/// | variable | meaning |
/// |---|---|
/// | `CAREMESSENGER_USERNAME`, `CAREMESSENGER_PASSWORD` | an administrator's account, or else: |
/// | `CAREMESSENGER_TOKEN` | a token of it; without either an emulator is used |
/// | `CAREMESSENGER_BASE_URL` | the server, if it isn't `https://api.caremessenger.co.uk` |
///
/// A variable that is empty counts as absent.
pub struct LiveCareMessenger {
    base_url: Option<String>,
    login: Login,
}

enum Login {
    Account(String, Secret),
    Token(Secret),
}

impl LiveCareMessenger {
    /// Reads the environment; `None` if it has neither credentials nor a server.
    ///
    /// # Errors
    ///
    /// A usage error if credentials are missing or there are two kinds of them, or if a value can't be read. It quotes no value.
    pub fn from_env() -> Result<Option<Self>, Failure> {
        Self::read(|name| env::var_os(name))
    }

    fn read(variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<Self>, Failure> {
        let variables = Variables(variable);
        let base_url = variables.text(BASE_URL)?;
        let login = match (variables.text(USERNAME)?, variables.text(PASSWORD)?, variables.text(TOKEN)?) {
            (None, None, None) if base_url.is_none() => return Ok(None),
            (None, None, None) => return Err(missing(BASE_URL, &format!("{USERNAME} and {PASSWORD}, or {TOKEN}"))),
            (Some(username), Some(password), None) => Login::Account(username, password.into()),
            (None, None, Some(token)) => Login::Token(token.into()),
            (Some(_), None, None) => return Err(missing(USERNAME, PASSWORD)),
            (None, Some(_), None) => return Err(missing(PASSWORD, USERNAME)),
            (.., Some(_)) => {
                return Err(Failure::usage(format!(
                    "{TOKEN} is set, and {USERNAME} or {PASSWORD} is too: which one is it? Nothing was sent."
                )));
            }
        };
        Ok(Some(Self { base_url, login }))
    }

    /// A client's builder with all that the environment says.
    pub fn builder(&self) -> CareMessengerBuilder {
        let builder = CareMessenger::builder();
        let builder = match &self.base_url {
            Some(url) => builder.base_url(url),
            None => builder,
        };
        match &self.login {
            Login::Account(username, password) => builder.credentials(username, password.clone()),
            Login::Token(token) => builder.token(token.clone()),
        }
    }

    /// The server as the environment names it. Show it only once a client was built: that refuses an address with a
    /// password in it.
    #[must_use]
    pub fn server(&self) -> &str {
        self.base_url.as_deref().unwrap_or("CareMessenger's own server")
    }

    /// The variable that names the server.
    #[must_use]
    pub fn variable(&self) -> &'static str {
        match (&self.base_url, &self.login) {
            (Some(_), _) => BASE_URL,
            (None, Login::Account(..)) => USERNAME,
            (None, Login::Token(_)) => TOKEN,
        }
    }
}

fn missing(set: &str, missing: &str) -> Failure {
    Failure::usage(format!("{set} is set, but {missing} is missing. Nothing was sent."))
}

impl fmt::Debug for LiveCareMessenger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveCareMessenger").field("place", &self.variable()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variables::environment;

    const URL: (&str, &str) = (BASE_URL, "https://care.example.com");
    const NAME: (&str, &str) = (USERNAME, "canary-name");
    const WORD: (&str, &str) = (PASSWORD, "canary-password");
    const GIVEN: (&str, &str) = (TOKEN, "canary-token");

    fn read(set: &[(&str, &str)]) -> Result<Option<LiveCareMessenger>, Failure> {
        LiveCareMessenger::read(environment(set))
    }

    #[test]
    fn without_credentials_no_server_is_meant() {
        assert!(read(&[]).unwrap().is_none());
        assert!(read(&[(BASE_URL, ""), (USERNAME, ""), (PASSWORD, ""), (TOKEN, "")]).unwrap().is_none());
    }

    #[test]
    fn credentials_name_the_vendors_server_or_the_one_that_is_said() {
        for (set, server, variable) in [
            (&[NAME, WORD][..], "CareMessenger's own server", USERNAME),
            (&[GIVEN], "CareMessenger's own server", TOKEN),
            (&[URL, NAME, WORD, (TOKEN, "")], URL.1, BASE_URL),
            (&[URL, GIVEN], URL.1, BASE_URL),
        ] {
            let live = read(set).unwrap().unwrap();
            assert_eq!((live.server(), live.variable()), (server, variable));
            assert!(live.builder().build().is_ok());
            assert!(!format!("{live:?}").contains("canary"), "{live:?}");
        }
    }

    #[test]
    fn what_is_missing_or_too_much_is_named_and_no_value_is() {
        for (set, name) in [
            (&[URL][..], "CAREMESSENGER_BASE_URL is set, but CAREMESSENGER_USERNAME and"),
            (&[NAME], "CAREMESSENGER_USERNAME is set, but CAREMESSENGER_PASSWORD"),
            (&[URL, WORD], "CAREMESSENGER_PASSWORD is set, but CAREMESSENGER_USERNAME"),
            (&[GIVEN, NAME, WORD], "which one"),
            (&[GIVEN, WORD], "which one"),
        ] {
            let failure = read(set).unwrap_err().to_string();
            assert!(failure.contains(name) && failure.contains("Nothing was sent"), "{failure}");
            assert!(!failure.contains("canary") && !failure.contains("example"), "{failure}");
        }
    }
}
