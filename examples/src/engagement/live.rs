use crate::{
    Failure,
    place::{Named, Place},
    variables::Variables,
};
use engagement_client::{ContentId, Engagement, EngagementBuilder, Platform, Secret, UserId};
use std::{env, ffi::OsString, fmt};

/// A server of Engagement's that the environment names, in the place of an emulator.
///
/// | variable | meaning |
/// |---|---|
/// | `ENGAGEMENT_BASE_URL` | all that stands before `interventions`, such as `https://acme.api.digital.ringcentral.com/1.0`, or else: |
/// | `ENGAGEMENT_ACCOUNT` | the account's name, such as `acme`; without either an emulator is used |
/// | `ENGAGEMENT_PLATFORM` | where that account lives: `dimelo`, which is the default, or `ringcentral` |
/// | `ENGAGEMENT_ACCESS_TOKEN` | an API access token of the account |
/// | `ENGAGEMENT_IMPERSONATE` | the id of the user to act as; else it is the token's user |
/// | `ENGAGEMENT_TEST_CONTENT` | the one content that the tour may open an intervention on |
///
/// A variable that is empty counts as absent.
pub struct LiveEngagement {
    place: Place,
    platform: Platform,
    token: Secret,
    user: Option<UserId>,
    test_content: Option<ContentId>,
}

impl LiveEngagement {
    /// Reads the environment; `None` if it names no server.
    ///
    /// # Errors
    ///
    /// A usage error if the token is missing, if two servers are named, if the platform is none or belongs to no account, or if
    /// a value can't be read. It quotes no value.
    pub fn from_env() -> Result<Option<Self>, Failure> {
        Self::read(|name| env::var_os(name))
    }

    fn read(variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<Self>, Failure> {
        let variables = Variables(variable);
        let Some(place) = Place::read(&variables, "ENGAGEMENT_BASE_URL", "ENGAGEMENT_ACCOUNT")? else {
            return Ok(None);
        };
        let platform = match (variables.text("ENGAGEMENT_PLATFORM")?.as_deref(), &place.named) {
            (None, _) => Platform::default(),
            (Some(_), Named::Address(_)) => {
                return Err(Failure::usage(
                    "ENGAGEMENT_PLATFORM goes with ENGAGEMENT_ACCOUNT, and ENGAGEMENT_BASE_URL is set instead: which one is it? \
                     Nothing was sent.",
                ));
            }
            (Some("dimelo"), _) => Platform::Dimelo,
            (Some("ringcentral"), _) => Platform::RingCentral,
            (Some(_), _) => {
                return Err(Failure::usage(
                    "ENGAGEMENT_PLATFORM is neither `dimelo` nor `ringcentral`. Nothing was sent.",
                ));
            }
        };
        let token = place.needed(&variables, "ENGAGEMENT_ACCESS_TOKEN")?.into();
        let user = variables.text("ENGAGEMENT_IMPERSONATE")?.map(UserId::from);
        let test_content = variables.text("ENGAGEMENT_TEST_CONTENT")?.map(ContentId::from);
        Ok(Some(Self { place, platform, token, user, test_content }))
    }

    /// A client's builder with all that the environment says. It keeps to the rate that the vendor allows.
    pub fn builder(&self) -> EngagementBuilder {
        let mut builder = Engagement::builder().access_token(self.token.clone()).rate_limited();
        if let Some(user) = &self.user {
            builder = builder.impersonate(user.clone());
        }
        match &self.place.named {
            Named::Address(url) => builder.base_url(url),
            Named::Account(name) => builder.account(name).platform(self.platform),
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

    /// The one content that the tour may open an intervention on.
    #[must_use]
    pub fn test_content(&self) -> Option<&ContentId> {
        self.test_content.as_ref()
    }
}

impl fmt::Debug for LiveEngagement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveEngagement")
            .field("place", &self.place.variable())
            .field("platform", &self.platform)
            .field("user", &self.user)
            .field("test_content", &self.test_content)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variables::environment;

    const URL: (&str, &str) = ("ENGAGEMENT_BASE_URL", "https://engagement.example.com/1.0");
    const ACCOUNT: (&str, &str) = ("ENGAGEMENT_ACCOUNT", "acme");
    const TOKEN: (&str, &str) = ("ENGAGEMENT_ACCESS_TOKEN", "canary-token");
    const RINGCENTRAL: (&str, &str) = ("ENGAGEMENT_PLATFORM", "ringcentral");

    fn read(set: &[(&str, &str)]) -> Result<Option<LiveEngagement>, Failure> {
        LiveEngagement::read(environment(set))
    }

    #[test]
    fn without_a_server_none_is_meant() {
        assert!(read(&[TOKEN, RINGCENTRAL]).unwrap().is_none());
        assert!(read(&[("ENGAGEMENT_BASE_URL", ""), ("ENGAGEMENT_ACCOUNT", ""), TOKEN]).unwrap().is_none());
    }

    #[test]
    fn a_server_is_named_by_its_address_or_its_account() {
        for (set, server, platform) in [
            (&[URL, TOKEN][..], URL.1, Platform::Dimelo),
            (&[ACCOUNT, TOKEN], "the server of acme", Platform::Dimelo),
            (&[ACCOUNT, TOKEN, ("ENGAGEMENT_PLATFORM", "dimelo")], "the server of acme", Platform::Dimelo),
            (&[ACCOUNT, TOKEN, RINGCENTRAL], "the server of acme", Platform::RingCentral),
        ] {
            let live = read(set).unwrap().unwrap();
            assert_eq!((&*live.server(), live.variable(), live.platform), (server, set[0].0, platform));
            assert!(live.builder().build().is_ok());
            assert!(!format!("{live:?}").contains("canary"), "{live:?}");
        }
    }

    #[test]
    fn whom_to_act_as_and_what_to_write_to_can_be_named() {
        let user = ("ENGAGEMENT_IMPERSONATE", "e1");
        let live = read(&[URL, TOKEN, user, ("ENGAGEMENT_TEST_CONTENT", "e2")]).unwrap().unwrap();
        assert_eq!((live.user.as_ref().unwrap().as_str(), live.test_content().unwrap().as_str()), ("e1", "e2"));
        let live = read(&[URL, TOKEN, (user.0, ""), ("ENGAGEMENT_TEST_CONTENT", "")]).unwrap().unwrap();
        assert_eq!((live.user.as_ref(), live.test_content()), (None, None));
    }

    #[test]
    fn what_is_missing_or_too_much_is_named_and_no_value_is() {
        for (set, name) in [
            (&[URL][..], "ENGAGEMENT_BASE_URL is set, but ENGAGEMENT_ACCESS_TOKEN"),
            (&[ACCOUNT, ("ENGAGEMENT_ACCESS_TOKEN", "")], "ENGAGEMENT_ACCOUNT is set, but ENGAGEMENT_ACCESS_TOKEN"),
            (&[URL, ACCOUNT, TOKEN], "both set"),
            (&[URL, TOKEN, RINGCENTRAL], "goes with ENGAGEMENT_ACCOUNT"),
            (&[ACCOUNT, TOKEN, ("ENGAGEMENT_PLATFORM", "canary")], "neither"),
        ] {
            let failure = read(set).unwrap_err().to_string();
            assert!(failure.contains(name) && failure.contains("Nothing was sent"), "{failure}");
            assert!(!failure.contains("canary") && !failure.contains("example"), "{failure}");
        }
    }
}
