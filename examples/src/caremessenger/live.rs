//! A CareMessenger server that the environment names, in place of an emulator. All customers share one server, so
//! credentials alone name it.

use crate::{
    environment::{self, Variable, both},
    failure::Failure,
};
use care_emulators::caremessenger::Emulator;
use caremessenger_client::{CareMessenger, CareMessengerBuilder, Error, Secret};
use clap::Parser;
use std::fmt;

const BASE_URL: &str = "CAREMESSENGER_BASE_URL";
const USERNAME: &str = "CAREMESSENGER_USERNAME";
const PASSWORD: &str = "CAREMESSENGER_PASSWORD";
const TOKEN: &str = "CAREMESSENGER_TOKEN";

/// CareMessenger's variables.
#[derive(Parser)]
#[allow(missing_debug_implementations, reason = "it holds secrets")]
#[allow(rustdoc::bare_urls, reason = "these texts are also those of --help")]
pub struct CareMessengerVariables {
    /// the user name of an administrator's account
    #[arg(long, env = USERNAME)]
    username: Option<String>,
    /// the password of that account; or set CAREMESSENGER_TOKEN
    #[arg(long, env = PASSWORD)]
    password: Option<String>,
    /// a token of an administrator's account. If neither is set, an emulator is started
    #[arg(long, env = TOKEN)]
    token: Option<String>,
    /// the server, if it isn't https://api.caremessenger.co.uk. The tour only reads it: no documented operation removes
    /// a provider from the residents' televisions
    #[arg(long, env = BASE_URL)]
    base_url: Option<String>,
}

/// A server of CareMessenger's, with credentials for it.
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
    /// A usage error if credentials are missing or of two kinds. It quotes no value.
    pub fn from_env() -> Result<Option<Self>, Failure> {
        Self::new(&environment::read()?)
    }

    fn new(variables: &CareMessengerVariables) -> Result<Option<Self>, Failure> {
        let base_url = Variable::new(BASE_URL, &variables.base_url).value();
        let username = Variable::new(USERNAME, &variables.username);
        let password = Variable::new(PASSWORD, &variables.password);
        let token = Variable::new(TOKEN, &variables.token).value();
        let login = match (token, username.value().or(password.value())) {
            (Some(_), Some(_)) => {
                return Err(environment::contradiction(TOKEN, &format!("{USERNAME} or {PASSWORD}")));
            }
            (Some(token), None) => Login::Token(token.into()),
            (None, _) => match both(username, password)? {
                Some((username, password)) => Login::Account(username.to_owned(), password.into()),
                None if base_url.is_none() => return Ok(None),
                None => {
                    let credentials = format!("{USERNAME} and {PASSWORD}, or {TOKEN},");
                    return Err(environment::missing(BASE_URL, &credentials));
                }
            },
        };
        Ok(Some(Self { base_url: base_url.map(str::to_owned), login }))
    }

    /// A client's builder with all settings of the environment.
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

    /// The server as named in the environment. Print it only after a client was built, which rejects an address with a
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

impl fmt::Debug for LiveCareMessenger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveCareMessenger").field("variable", &self.variable()).finish_non_exhaustive()
    }
}

/// A client of an emulator.
///
/// # Errors
///
/// Those of [`caremessenger_client::CareMessengerBuilder::build`].
pub fn client(emulator: &Emulator) -> Result<CareMessenger, Error> {
    CareMessenger::builder().base_url(emulator.base_url()).credentials(emulator.username(), emulator.password()).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: (&str, &str) = (BASE_URL, "https://care.example.com");
    const NAME: (&str, &str) = (USERNAME, "canary-name");
    const WORD: (&str, &str) = (PASSWORD, "canary-password");
    const GIVEN: (&str, &str) = (TOKEN, "canary-token");

    fn read(set: &[(&str, &str)]) -> Result<Option<LiveCareMessenger>, Failure> {
        LiveCareMessenger::new(&environment::with(set))
    }

    #[test]
    fn without_credentials_an_emulator_is_used() {
        assert!(read(&[]).unwrap().is_none());
        assert!(read(&[(BASE_URL, ""), (USERNAME, ""), (PASSWORD, ""), (TOKEN, "")]).unwrap().is_none());
    }

    #[test]
    fn credentials_name_the_vendors_server_or_the_configured_one() {
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
    fn an_error_names_the_variable_and_quotes_no_value() {
        for (set, name) in [
            (&[URL][..], "CAREMESSENGER_BASE_URL is set, but CAREMESSENGER_USERNAME and"),
            (&[NAME], "CAREMESSENGER_USERNAME is set, but CAREMESSENGER_PASSWORD"),
            (&[URL, WORD], "CAREMESSENGER_PASSWORD is set, but CAREMESSENGER_USERNAME"),
            (&[GIVEN, NAME, WORD], "set only one of them"),
            (&[GIVEN, WORD], "set only one of them"),
        ] {
            let failure = read(set).unwrap_err().to_string();
            assert!(failure.contains(name) && failure.contains("Nothing was sent"), "{failure}");
            assert!(!failure.contains("canary") && !failure.contains("example"), "{failure}");
        }
    }
}
