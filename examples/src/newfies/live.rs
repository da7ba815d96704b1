use crate::{Failure, variables::Variables};
use chrono::FixedOffset;
use newfies_client::{Newfies, NewfiesBuilder, Secret};
use std::{env, ffi::OsString, fmt};

/// A server of Newfies-Dialer's that the environment names, in the place of an emulator.
///
/// | variable | meaning |
/// |---|---|
/// | `NEWFIES_BASE_URL` | the server, such as `https://dialer.example.com/`; without it an emulator is used |
/// | `NEWFIES_USER`, `NEWFIES_PASSWORD` | user and password of the web interface, or else: |
/// | `NEWFIES_TOKEN` | a token from the administration pages |
/// | `NEWFIES_UTC_OFFSET` | how far the server's clock is from UTC, such as `+02:00` or `Z`; else times without an offset stay so |
/// | `NEWFIES_NEW_USER_PASSWORD` | the password of a calendar user whom `newfies_reminder` may make; else it makes none |
/// | `NEWFIES_TEST_PHONE`, `NEWFIES_TEST_NAME` | the one number that the tour may call, and the calendar user for it |
///
/// A variable that is empty counts as absent.
pub struct LiveNewfies {
    base_url: String,
    login: Login,
    offset: Option<FixedOffset>,
    new_user_password: Option<Secret>,
    test_call: Option<TestCall>,
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
    /// The name of a calendar user, who is there.
    pub name: String,
}

impl LiveNewfies {
    /// Reads the environment; `None` if it names no server.
    ///
    /// # Errors
    ///
    /// A usage error if credentials are missing or there are two of them, or if a value can't be read. It quotes no value.
    pub fn from_env() -> Result<Option<Self>, Failure> {
        Self::read(|name| env::var_os(name))
    }

    fn read(variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<Self>, Failure> {
        let variables = Variables(variable);
        let Some(base_url) = variables.text("NEWFIES_BASE_URL")? else { return Ok(None) };
        let login = Login::read(&variables)?;
        let offset = variables.text("NEWFIES_UTC_OFFSET")?.as_deref().map(offset).transpose()?;
        let new_user_password = variables.text("NEWFIES_NEW_USER_PASSWORD")?.map(Secret::from);
        let test_call = match (variables.text("NEWFIES_TEST_PHONE")?, variables.text("NEWFIES_TEST_NAME")?) {
            (Some(phone), Some(name)) => Some(TestCall { phone, name }),
            (Some(_), None) => return Err(missing("NEWFIES_TEST_PHONE", "NEWFIES_TEST_NAME")),
            (None, _) => None,
        };
        Ok(Some(Self { base_url, login, offset, new_user_password, test_call }))
    }

    /// A client's builder with all that the environment says.
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

    /// The server as the environment names it. Show it only once a client was built: that refuses an address with a
    /// password in it.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The password of a calendar user who may be made.
    #[must_use]
    pub fn new_user_password(&self) -> Option<&Secret> {
        self.new_user_password.as_ref()
    }

    /// The one call that the tour may let the server make.
    #[must_use]
    pub fn test_call(&self) -> Option<&TestCall> {
        self.test_call.as_ref()
    }
}

impl Login {
    fn read<F: Fn(&str) -> Option<OsString>>(variables: &Variables<F>) -> Result<Self, Failure> {
        let (user, password) = (variables.text("NEWFIES_USER")?, variables.text("NEWFIES_PASSWORD")?);
        match (user, password, variables.text("NEWFIES_TOKEN")?) {
            (Some(user), Some(password), None) => Ok(Self::Basic(user, password.into())),
            (None, None, Some(token)) => Ok(Self::Token(token.into())),
            (None, None, None) => {
                Err(missing("NEWFIES_BASE_URL", "NEWFIES_TOKEN, or NEWFIES_USER and NEWFIES_PASSWORD,"))
            }
            (Some(_), None, None) => Err(missing("NEWFIES_USER", "NEWFIES_PASSWORD")),
            (None, Some(_), None) => Err(missing("NEWFIES_PASSWORD", "NEWFIES_USER")),
            (_, _, Some(_)) => Err(Failure::usage(
                "NEWFIES_TOKEN is set, and so is NEWFIES_USER or NEWFIES_PASSWORD: which one is it? Nothing was sent.",
            )),
        }
    }
}

fn missing(set: &str, name: &str) -> Failure {
    Failure::usage(format!("{set} is set, but {name} is missing. Nothing was sent."))
}

fn offset(text: &str) -> Result<FixedOffset, Failure> {
    let text = if text == "Z" { "+00:00" } else { text };
    text.parse()
        .map_err(|_| Failure::usage("NEWFIES_UTC_OFFSET is neither an offset such as +02:00 nor Z. Nothing was sent."))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variables::environment;

    const URL: (&str, &str) = ("NEWFIES_BASE_URL", "https://dialer.example.com/");
    const USER: (&str, &str) = ("NEWFIES_USER", "canary-user");
    const PASSWORD: (&str, &str) = ("NEWFIES_PASSWORD", "canary-password");
    const TOKEN: (&str, &str) = ("NEWFIES_TOKEN", "canary-token");
    const PHONE: (&str, &str) = ("NEWFIES_TEST_PHONE", "+12025550101");

    fn read(set: &[(&str, &str)]) -> Result<Option<LiveNewfies>, Failure> {
        LiveNewfies::read(environment(set))
    }

    #[test]
    fn without_a_server_none_is_meant() {
        assert!(read(&[USER, PASSWORD, PHONE]).unwrap().is_none());
        assert!(read(&[("NEWFIES_BASE_URL", ""), USER, PASSWORD]).unwrap().is_none());
    }

    #[test]
    fn a_server_has_a_user_or_a_token() {
        for set in [&[URL, USER, PASSWORD][..], &[URL, TOKEN], &[URL, TOKEN, ("NEWFIES_USER", "")]] {
            let live = read(set).unwrap().unwrap();
            assert_eq!((live.base_url(), live.offset), (URL.1, None));
            assert!(live.test_call().is_none() && live.new_user_password().is_none());
            assert!(live.builder().build().is_ok());
            assert!(!format!("{live:?}").contains("canary"), "{live:?}");
        }
    }

    #[test]
    fn what_may_be_written_and_how_the_clock_reads_can_be_said() {
        let more = [("NEWFIES_TEST_NAME", "canary"), ("NEWFIES_NEW_USER_PASSWORD", "secret")];
        for (offset, seconds) in [("+02:00", 7200), ("-03:30", -12_600), ("Z", 0)] {
            let set = [&[URL, TOKEN, PHONE, ("NEWFIES_UTC_OFFSET", offset)][..], &more].concat();
            let live = read(&set).unwrap().unwrap();
            assert_eq!(live.offset.unwrap().local_minus_utc(), seconds);
            assert_eq!(live.new_user_password().unwrap().expose(), "secret");
            let call = live.test_call().unwrap();
            assert_eq!((&*call.phone, &*call.name), (PHONE.1, "canary"));
            let shown = format!("{live:?} {call:?}");
            assert!(!shown.contains("canary") && !shown.contains("+1202"), "{shown}");
        }
        assert!(read(&[URL, TOKEN, more[0]]).unwrap().unwrap().test_call().is_none());
    }

    #[test]
    fn what_is_missing_or_too_much_is_named_and_no_value_is() {
        for (set, name) in [
            (&[URL][..], "NEWFIES_BASE_URL is set, but NEWFIES_TOKEN, or NEWFIES_USER and NEWFIES_PASSWORD,"),
            (&[URL, USER], "NEWFIES_USER is set, but NEWFIES_PASSWORD"),
            (&[URL, PASSWORD, ("NEWFIES_USER", "")], "NEWFIES_PASSWORD is set, but NEWFIES_USER"),
            (&[URL, USER, PASSWORD, TOKEN], "which one is it"),
            (&[URL, TOKEN, PASSWORD], "which one is it"),
            (&[URL, TOKEN, PHONE], "NEWFIES_TEST_PHONE is set, but NEWFIES_TEST_NAME"),
            (&[URL, TOKEN, ("NEWFIES_UTC_OFFSET", "canary")], "NEWFIES_UTC_OFFSET is neither"),
        ] {
            let failure = read(set).unwrap_err().to_string();
            assert!(failure.contains(name) && failure.contains("Nothing was sent"), "{failure}");
            for value in ["canary", "example", "+1202"] {
                assert!(!failure.contains(value), "{failure}");
            }
        }
    }
}
