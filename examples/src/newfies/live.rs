//! A Newfies-Dialer server that the environment names, in place of an emulator.

use crate::{
    environment::{self, Variable, both},
    failure::Failure,
};
use care_emulators::newfies::Emulator;
use chrono::FixedOffset;
use clap::Parser;
use newfies_client::{Error, Newfies, NewfiesBuilder, Secret};
use std::{fmt, time::Duration};

const BASE_URL: &str = "NEWFIES_BASE_URL";
const USER: &str = "NEWFIES_USER";
const PASSWORD: &str = "NEWFIES_PASSWORD";
const TOKEN: &str = "NEWFIES_TOKEN";
const UTC_OFFSET: &str = "NEWFIES_UTC_OFFSET";
const NEW_USER_PASSWORD: &str = "NEWFIES_NEW_USER_PASSWORD";
const TEST_PHONE: &str = "NEWFIES_TEST_PHONE";
const TEST_NAME: &str = "NEWFIES_TEST_NAME";
const WATCH_SECONDS: &str = "NEWFIES_WATCH_SECONDS";

/// Newfies' variables.
#[derive(Parser)]
#[allow(missing_debug_implementations, reason = "it holds secrets")]
#[allow(rustdoc::bare_urls, reason = "these texts are also those of --help")]
pub struct NewfiesVariables {
    /// the server, such as https://dialer.example.com/; without it an emulator is started
    #[arg(long, env = BASE_URL)]
    base_url: Option<String>,
    /// the name of a user of the web interface
    #[arg(long, env = USER)]
    user: Option<String>,
    /// the password of that user; or set NEWFIES_TOKEN
    #[arg(long, env = PASSWORD)]
    password: Option<String>,
    /// a token from the administration pages
    #[arg(long, env = TOKEN)]
    token: Option<String>,
    /// the UTC offset of the server's clock, such as +02:00 or Z, for times that it sends without one
    #[arg(long, env = UTC_OFFSET)]
    utc_offset: Option<String>,
    /// the password of the calendar user, who is created with it if they don't exist; without it they must exist
    #[arg(long, env = NEW_USER_PASSWORD, help_heading = "newfies_reminder")]
    new_user_password: Option<String>,
    /// a number that the tour MAY CALL; without it the server is only read. It is called once, in half a minute. No
    /// other number is called
    #[arg(long, env = TEST_PHONE, help_heading = "tour")]
    test_phone: Option<String>,
    /// with the number: the name of an existing calendar user, whose survey is played. An event is created in their
    /// calendar `Tour` and stays there
    #[arg(long, env = TEST_NAME, help_heading = "tour")]
    test_name: Option<String>,
    /// how long the tour waits for the end of that call; a call that hasn't started by then is cancelled [default: 120]
    #[arg(long, env = WATCH_SECONDS, help_heading = "tour")]
    watch_seconds: Option<String>,
}

/// A server of Newfies-Dialer's, with credentials for it.
pub struct LiveNewfies {
    base_url: String,
    login: Login,
    offset: Option<FixedOffset>,
    new_user_password: Option<Secret>,
    test_call: Option<TestCall>,
    watch: Duration,
}

enum Login {
    Basic(String, Secret),
    Token(Secret),
}

/// The one call that the tour may let a real server make.
#[derive(Clone)]
pub struct TestCall {
    /// The number.
    pub phone: String,
    /// The name of an existing calendar user.
    pub name: String,
}

impl LiveNewfies {
    /// Reads the environment; `None` if it names no server.
    ///
    /// # Errors
    ///
    /// A usage error if credentials are missing or of two kinds, or a value is invalid. It quotes no value.
    pub fn from_env() -> Result<Option<Self>, Failure> {
        Self::new(&environment::read()?)
    }

    fn new(variables: &NewfiesVariables) -> Result<Option<Self>, Failure> {
        let Some(base_url) = Variable::new(BASE_URL, &variables.base_url).value() else { return Ok(None) };
        let login = Login::new(variables)?;
        let phone = Variable::new(TEST_PHONE, &variables.test_phone);
        let test_call = match phone.value() {
            Some(number) => {
                let name = Variable::new(TEST_NAME, &variables.test_name).required_by(TEST_PHONE)?;
                Some(TestCall { phone: number.to_owned(), name: name.to_owned() })
            }
            None => None,
        };
        let new_user_password = Variable::new(NEW_USER_PASSWORD, &variables.new_user_password).value();
        Ok(Some(Self {
            base_url: base_url.to_owned(),
            login,
            offset: Variable::new(UTC_OFFSET, &variables.utc_offset).value().map(offset).transpose()?,
            new_user_password: new_user_password.map(Secret::from),
            test_call,
            watch: Variable::new(WATCH_SECONDS, &variables.watch_seconds).seconds_or(120)?,
        }))
    }

    /// A client's builder with all settings of the environment.
    pub fn builder(&self) -> NewfiesBuilder {
        let builder = Newfies::builder().base_url(&self.base_url);
        let builder = match &self.login {
            Login::Basic(user, password) => builder.basic_auth(user, password.clone()),
            Login::Token(token) => builder.token(token.clone()),
        };
        match self.offset {
            Some(offset) => builder.server_time_zone(offset),
            None => builder,
        }
    }

    /// The server as named in the environment. Print it only after a client was built, which rejects an address with a
    /// password in it.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The password of a calendar user who may be created.
    #[must_use]
    pub fn new_user_password(&self) -> Option<&Secret> {
        self.new_user_password.as_ref()
    }

    /// The call that the tour may let the server make.
    #[must_use]
    pub fn test_call(&self) -> Option<&TestCall> {
        self.test_call.as_ref()
    }

    /// How long the tour waits for the end of that call. Default: 120 s.
    #[must_use]
    pub fn watch_time(&self) -> Duration {
        self.watch
    }
}

impl Login {
    fn new(variables: &NewfiesVariables) -> Result<Self, Failure> {
        let user = Variable::new(USER, &variables.user);
        let password = Variable::new(PASSWORD, &variables.password);
        let token = Variable::new(TOKEN, &variables.token).value();
        match (token, user.value().or(password.value())) {
            (Some(_), Some(_)) => Err(environment::contradiction(TOKEN, &format!("{USER} or {PASSWORD}"))),
            (Some(token), None) => Ok(Self::Token(token.into())),
            (None, _) => match both(user, password)? {
                Some((user, password)) => Ok(Self::Basic(user.to_owned(), password.into())),
                None => Err(environment::missing(BASE_URL, &format!("{TOKEN}, or {USER} and {PASSWORD},"))),
            },
        }
    }
}

fn offset(text: &str) -> Result<FixedOffset, Failure> {
    let text = if text == "Z" { "+00:00" } else { text };
    let invalid =
        || Failure::usage(format!("{UTC_OFFSET} is neither an offset such as +02:00 nor Z. Nothing was sent."));
    text.parse().map_err(|_| invalid())
}

impl fmt::Debug for LiveNewfies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveNewfies").field("offset", &self.offset).finish_non_exhaustive()
    }
}

impl fmt::Debug for TestCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TestCall")
    }
}

/// A client of an emulator.
///
/// # Errors
///
/// Those of [`newfies_client::NewfiesBuilder::build`].
pub fn client(emulator: &Emulator) -> Result<Newfies, Error> {
    Newfies::builder().base_url(emulator.base_url()).basic_auth(emulator.username(), emulator.password()).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: (&str, &str) = (BASE_URL, "https://dialer.example.com/");
    const NAME: (&str, &str) = (USER, "canary-user");
    const WORD: (&str, &str) = (PASSWORD, "canary-password");
    const GIVEN: (&str, &str) = (TOKEN, "canary-token");
    const PHONE: (&str, &str) = ("NEWFIES_TEST_PHONE", "+12025550101");

    fn read(set: &[(&str, &str)]) -> Result<Option<LiveNewfies>, Failure> {
        LiveNewfies::new(&environment::with(set))
    }

    #[test]
    fn without_a_server_an_emulator_is_used() {
        assert!(read(&[NAME, WORD, PHONE]).unwrap().is_none());
        assert!(read(&[("NEWFIES_BASE_URL", ""), NAME, WORD]).unwrap().is_none());
    }

    #[test]
    fn either_kind_of_credentials_is_accepted() {
        for set in [&[URL, NAME, WORD][..], &[URL, GIVEN], &[URL, GIVEN, ("NEWFIES_USER", "")]] {
            let live = read(set).unwrap().unwrap();
            assert_eq!((live.base_url(), live.offset), (URL.1, None));
            assert!(live.test_call().is_none() && live.new_user_password().is_none());
            assert!(live.builder().build().is_ok());
            assert!(!format!("{live:?}").contains("canary"), "{live:?}");
        }
    }

    #[test]
    fn permission_to_write_and_the_utc_offset_can_be_set() {
        let more = [("NEWFIES_TEST_NAME", "canary"), ("NEWFIES_NEW_USER_PASSWORD", "secret")];
        for (offset, seconds) in [("+02:00", 7200), ("-03:30", -12_600), ("Z", 0)] {
            let set = [&[URL, GIVEN, PHONE, ("NEWFIES_UTC_OFFSET", offset)][..], &more].concat();
            let live = read(&set).unwrap().unwrap();
            assert_eq!(live.offset.unwrap().local_minus_utc(), seconds);
            assert_eq!(live.new_user_password().unwrap().expose(), "secret");
            let call = live.test_call().unwrap();
            assert_eq!((&*call.phone, &*call.name), (PHONE.1, "canary"));
            let shown = format!("{live:?} {call:?}");
            assert!(!shown.contains("canary") && !shown.contains("+1202"), "{shown}");
        }
        assert!(read(&[URL, GIVEN, more[0]]).unwrap().unwrap().test_call().is_none());
    }

    #[test]
    fn an_error_names_the_variable_and_quotes_no_value() {
        for (set, name) in [
            (&[URL][..], "NEWFIES_BASE_URL is set, but NEWFIES_TOKEN, or NEWFIES_USER and NEWFIES_PASSWORD,"),
            (&[URL, NAME], "NEWFIES_USER is set, but NEWFIES_PASSWORD"),
            (&[URL, WORD, ("NEWFIES_USER", "")], "NEWFIES_PASSWORD is set, but NEWFIES_USER"),
            (&[URL, NAME, WORD, GIVEN], "set only one of them"),
            (&[URL, GIVEN, WORD], "set only one of them"),
            (&[URL, GIVEN, PHONE], "NEWFIES_TEST_PHONE is set, but NEWFIES_TEST_NAME"),
            (&[URL, GIVEN, ("NEWFIES_UTC_OFFSET", "canary")], "NEWFIES_UTC_OFFSET is neither"),
        ] {
            let failure = read(set).unwrap_err().to_string();
            assert!(failure.contains(name) && failure.contains("Nothing was sent"), "{failure}");
            for value in ["canary", "example", "+1202"] {
                assert!(!failure.contains(value), "{failure}");
            }
        }
    }
}
