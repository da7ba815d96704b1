use crate::{
    Failure,
    place::{Named, Place},
    variables::Variables,
};
use leap_client::{Leap, LeapBuilder, RequestId, Secret};
use std::{env, ffi::OsString, fmt};

/// A server of LEAP's that the environment names, in the place of an emulator.
///
/// | variable | meaning |
/// |---|---|
/// | `LEAP_BASE_URL` | all that stands before `requests`, such as `https://acme.leapcities.com/api/v1/`, or else: |
/// | `LEAP_COMPANY` | the company's name on LEAP's domain, such as `acme`; without either an emulator is used |
/// | `LEAP_USER`, `LEAP_PASSWORD` | what the operator made for your *External System* |
/// | `LEAP_TEST_REQUEST` | the one request that the tour may write to |
///
/// A variable that is empty counts as absent.
pub struct LiveLeap {
    place: Place,
    user: String,
    password: Secret,
    test_request: Option<RequestId>,
}

impl LiveLeap {
    /// Reads the environment; `None` if it names no server.
    ///
    /// # Errors
    ///
    /// A usage error if credentials are missing, if two servers are named, or if a value can't be read. It quotes no value.
    pub fn from_env() -> Result<Option<Self>, Failure> {
        Self::read(|name| env::var_os(name))
    }

    fn read(variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<Self>, Failure> {
        let variables = Variables(variable);
        let Some(place) = Place::read(&variables, "LEAP_BASE_URL", "LEAP_COMPANY")? else { return Ok(None) };
        let user = place.needed(&variables, "LEAP_USER")?;
        let password = place.needed(&variables, "LEAP_PASSWORD")?.into();
        let test_request = variables.text("LEAP_TEST_REQUEST")?.map(RequestId::from);
        Ok(Some(Self { place, user, password, test_request }))
    }

    /// A client's builder with all that the environment says.
    pub fn builder(&self) -> LeapBuilder {
        let builder = Leap::builder().basic_auth(&self.user, self.password.clone());
        match &self.place.named {
            Named::Address(url) => builder.base_url(url),
            Named::Account(company) => builder.company(company),
        }
    }

    /// The server as the environment names it. Show it only once a client was built: that refuses an address with a
    /// password in it.
    #[must_use]
    pub fn server(&self) -> String {
        self.place.server()
    }

    /// The variable that names the server.
    #[must_use]
    pub fn variable(&self) -> &'static str {
        self.place.variable()
    }

    /// The one request that the tour may write to.
    #[must_use]
    pub fn test_request(&self) -> Option<&RequestId> {
        self.test_request.as_ref()
    }
}

impl fmt::Debug for LiveLeap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveLeap")
            .field("place", &self.place.variable())
            .field("test_request", &self.test_request)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variables::environment;

    const ROOT: (&str, &str) = ("LEAP_BASE_URL", "https://leap.example.com/api/v1/");
    const COMPANY: (&str, &str) = ("LEAP_COMPANY", "acme");
    const USER: (&str, &str) = ("LEAP_USER", "canary-user");
    const PASSWORD: (&str, &str) = ("LEAP_PASSWORD", "canary-password");

    fn read(set: &[(&str, &str)]) -> Result<Option<LiveLeap>, Failure> {
        LiveLeap::read(environment(set))
    }

    #[test]
    fn without_a_server_none_is_meant() {
        assert!(read(&[USER, PASSWORD]).unwrap().is_none());
        assert!(read(&[("LEAP_BASE_URL", ""), ("LEAP_COMPANY", ""), USER, PASSWORD]).unwrap().is_none());
    }

    #[test]
    fn a_server_is_named_by_its_root_or_its_company() {
        for (place, server) in [(ROOT, ROOT.1), (COMPANY, "the server of acme")] {
            let live = read(&[place, USER, PASSWORD]).unwrap().unwrap();
            assert_eq!((&*live.server(), live.variable(), live.test_request()), (server, place.0, None));
            assert!(live.builder().build().is_ok());
            assert!(!format!("{live:?}").contains("canary"), "{live:?}");
        }
    }

    #[test]
    fn what_is_missing_or_too_much_is_named_and_no_value_is() {
        for (set, name) in [
            (&[ROOT, USER][..], "LEAP_BASE_URL is set, but LEAP_PASSWORD"),
            (&[COMPANY, PASSWORD], "LEAP_COMPANY is set, but LEAP_USER"),
            (&[ROOT, ("LEAP_USER", ""), PASSWORD], "but LEAP_USER"),
            (&[ROOT, COMPANY, USER, PASSWORD], "both set"),
        ] {
            let failure = read(set).unwrap_err().to_string();
            assert!(failure.contains(name) && failure.contains("Nothing was sent"), "{failure}");
            assert!(!failure.contains("canary") && !failure.contains("example"), "{failure}");
        }
    }
}
