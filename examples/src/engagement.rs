//! Shared by the programs for Engagement: a server that the environment names, a client of an emulator, and
//! descriptions of interventions without personal data.

use crate::{
    environment::{self, Variable, at_most_one},
    failure::Failure,
    reporter::count_of,
};
use care_emulators::engagement::Emulator;
use clap::Parser;
use engagement_client::{ContentId, Engagement, EngagementBuilder, Intervention, Platform, Secret, UserId};
use std::fmt;

const BASE_URL: &str = "ENGAGEMENT_BASE_URL";
const ACCOUNT: &str = "ENGAGEMENT_ACCOUNT";
const PLATFORM: &str = "ENGAGEMENT_PLATFORM";
const ACCESS_TOKEN: &str = "ENGAGEMENT_ACCESS_TOKEN";
const IMPERSONATE: &str = "ENGAGEMENT_IMPERSONATE";
const TEST_CONTENT: &str = "ENGAGEMENT_TEST_CONTENT";

/// Engagement's variables.
#[derive(Parser)]
#[allow(missing_debug_implementations, reason = "it holds secrets")]
#[allow(rustdoc::bare_urls, reason = "these texts are also those of --help")]
pub struct EngagementVariables {
    /// the server, such as https://acme.api.digital.ringcentral.com/1.0; or set ENGAGEMENT_ACCOUNT
    #[arg(long, env = BASE_URL)]
    base_url: Option<String>,
    /// the account's name, such as acme. If neither is set, an emulator is started
    #[arg(long, env = ACCOUNT)]
    account: Option<String>,
    /// the platform of that account: dimelo or ringcentral [default: dimelo]
    #[arg(long, env = PLATFORM)]
    platform: Option<String>,
    /// an API access token of the account
    #[arg(long, env = ACCESS_TOKEN)]
    access_token: Option<String>,
    /// the id of the user to act as [default: the token's user]
    #[arg(long, env = IMPERSONATE)]
    impersonate: Option<String>,
    /// the id of a content on which the tour may open an intervention; without it the account is only read. The
    /// intervention is cancelled at once; one that was closed is reopened and closed at once. If one is open, nothing
    /// is written. No other conversation is written to
    #[arg(long, env = TEST_CONTENT, help_heading = "tour")]
    test_content: Option<String>,
}

/// A server of Engagement's, with a token for it.
pub struct LiveEngagement {
    server: Server,
    token: Secret,
    user: Option<UserId>,
    test_content: Option<ContentId>,
}

enum Server {
    Address(String),
    Account(String, Platform),
}

impl LiveEngagement {
    /// Reads the environment; `None` if it names no server.
    ///
    /// # Errors
    ///
    /// A usage error if the token is missing, two servers are named, or the platform is unknown or set without an
    /// account. It quotes no value.
    pub fn from_env() -> Result<Option<Self>, Failure> {
        Self::new(&environment::read()?)
    }

    fn new(variables: &EngagementVariables) -> Result<Option<Self>, Failure> {
        let address = Variable::new(BASE_URL, &variables.base_url);
        let account = Variable::new(ACCOUNT, &variables.account);
        let Some(place) = at_most_one(address, account)? else { return Ok(None) };
        let platform = match Variable::new(PLATFORM, &variables.platform).value() {
            Some(_) if address.value().is_some() => return Err(environment::contradiction(PLATFORM, BASE_URL)),
            None | Some("dimelo") => Platform::Dimelo,
            Some("ringcentral") => Platform::RingCentral,
            Some(_) => {
                let text = format!("{PLATFORM} is neither `dimelo` nor `ringcentral`. Nothing was sent.");
                return Err(Failure::usage(text));
            }
        };
        let token = Variable::new(ACCESS_TOKEN, &variables.access_token).required_by(place.name())?;
        let server = match (address.value(), account.value()) {
            (None, Some(name)) => Server::Account(name.to_owned(), platform),
            (url, _) => Server::Address(url.unwrap_or_default().to_owned()),
        };
        Ok(Some(Self {
            server,
            token: token.into(),
            user: Variable::new(IMPERSONATE, &variables.impersonate).value().map(UserId::from),
            test_content: Variable::new(TEST_CONTENT, &variables.test_content).value().map(ContentId::from),
        }))
    }

    /// A client's builder with all settings of the environment. It keeps to the vendor's rate limit.
    pub fn builder(&self) -> EngagementBuilder {
        let mut builder = Engagement::builder().access_token(self.token.clone()).rate_limited();
        if let Some(user) = &self.user {
            builder = builder.impersonate(user.clone());
        }
        match &self.server {
            Server::Address(url) => builder.base_url(url),
            Server::Account(name, platform) => builder.account(name).platform(*platform),
        }
    }

    /// The server as named in the environment. Print it only after a client was built, which rejects an address with a
    /// password in it.
    #[must_use]
    pub fn server(&self) -> String {
        match &self.server {
            Server::Address(url) => url.clone(),
            Server::Account(name, _) => format!("the server of {name}"),
        }
    }

    /// The variable that names the server.
    #[must_use]
    pub fn variable(&self) -> &'static str {
        match &self.server {
            Server::Address(_) => BASE_URL,
            Server::Account(..) => ACCOUNT,
        }
    }

    /// The content on which the tour may open an intervention.
    #[must_use]
    pub fn test_content(&self) -> Option<&ContentId> {
        self.test_content.as_ref()
    }
}

impl fmt::Debug for LiveEngagement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveEngagement")
            .field("variable", &self.variable())
            .field("user", &self.user)
            .field("test_content", &self.test_content)
            .finish_non_exhaustive()
    }
}

/// Starts building a client of an emulator.
pub fn client(emulator: &Emulator) -> EngagementBuilder {
    Engagement::builder().base_url(emulator.base_url()).access_token(emulator.access_token())
}

/// Describes an intervention by id, state and counts, without personal data: no custom field and no text.
#[must_use]
pub fn describe(intervention: &Intervention) -> String {
    let Intervention { id, user_replies_count, category_ids, .. } = intervention;
    let mut line = format!("intervention {id} is {}", state(intervention));
    if let Some(replies) = user_replies_count {
        line += &format!(", {}", count_of(*replies, "reply", "replies"));
    }
    if let Some(categories) = category_ids {
        line += &format!(", {}", count_of(categories.len() as u64, "category", "categories"));
    }
    line
}

/// Whether it is closed, as far as the service says. The service's own label is in the language of the account.
#[must_use]
pub fn state(intervention: &Intervention) -> &'static str {
    match intervention.closed {
        Some(true) => "closed",
        Some(false) => "open",
        None => "in an unknown state",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const URL: (&str, &str) = (BASE_URL, "https://engagement.example.com/1.0");
    const ACME: (&str, &str) = (ACCOUNT, "acme");
    const TOKEN: (&str, &str) = (ACCESS_TOKEN, "canary-token");
    const RINGCENTRAL: (&str, &str) = (PLATFORM, "ringcentral");

    fn read(set: &[(&str, &str)]) -> Result<Option<LiveEngagement>, Failure> {
        LiveEngagement::new(&environment::with(set))
    }

    #[test]
    fn without_a_server_an_emulator_is_used() {
        assert!(read(&[TOKEN, RINGCENTRAL]).unwrap().is_none());
        assert!(read(&[(BASE_URL, ""), (ACCOUNT, ""), TOKEN]).unwrap().is_none());
    }

    #[test]
    fn a_server_is_named_by_its_address_or_its_account() {
        for (set, server, host) in [
            (&[URL, TOKEN][..], URL.1, "engagement.example.com"),
            (&[ACME, TOKEN], "the server of acme", "acme.api.engagement.dimelo.com"),
            (&[ACME, TOKEN, (PLATFORM, "dimelo")], "the server of acme", "acme.api.engagement.dimelo.com"),
            (&[ACME, TOKEN, RINGCENTRAL], "the server of acme", "acme.api.digital.ringcentral.com"),
        ] {
            let live = read(set).unwrap().unwrap();
            assert_eq!((&*live.server(), live.variable()), (server, set[0].0));
            let client = format!("{:?}", live.builder().build().unwrap());
            assert!(client.contains(host), "{client}");
            assert!(!format!("{live:?}").contains("canary"), "{live:?}");
        }
    }

    #[test]
    fn a_user_to_act_as_and_a_test_content_can_be_named() {
        let live = read(&[URL, TOKEN, (IMPERSONATE, "e1"), (TEST_CONTENT, "e2")]).unwrap().unwrap();
        assert_eq!((live.user.as_ref().unwrap().as_str(), live.test_content().unwrap().as_str()), ("e1", "e2"));
        let live = read(&[URL, TOKEN, (IMPERSONATE, ""), (TEST_CONTENT, "")]).unwrap().unwrap();
        assert_eq!((live.user.as_ref(), live.test_content()), (None, None));
    }

    #[test]
    fn an_error_names_the_variable_and_quotes_no_value() {
        for (set, name) in [
            (&[URL][..], "ENGAGEMENT_BASE_URL is set, but ENGAGEMENT_ACCESS_TOKEN"),
            (&[ACME, (ACCESS_TOKEN, "")], "ENGAGEMENT_ACCOUNT is set, but ENGAGEMENT_ACCESS_TOKEN"),
            (&[URL, ACME, TOKEN], "are both set"),
            (&[URL, TOKEN, RINGCENTRAL], "ENGAGEMENT_PLATFORM and ENGAGEMENT_BASE_URL are both set"),
            (&[ACME, TOKEN, (PLATFORM, "canary")], "neither"),
        ] {
            let failure = read(set).unwrap_err().to_string();
            assert!(failure.contains(name) && failure.contains("Nothing was sent"), "{failure}");
            assert!(!failure.contains("canary") && !failure.contains("example"), "{failure}");
        }
    }

    #[test]
    fn a_description_holds_no_personal_data() {
        let canary = "canary";
        let mut shown = json!({
            "id": "e1", "closed": false, "user_replies_count": 1, "category_ids": ["a", "b"], "status": canary,
            "custom_fields": {"name": canary}, "identity_id": canary, "user_id": canary, "detected_language": canary,
        });
        let described = |shown: &serde_json::Value| describe(&serde_json::from_value(shown.clone()).unwrap());
        assert_eq!(described(&shown), "intervention e1 is open, 1 reply, 2 categories");
        shown["closed"] = true.into();
        shown["user_replies_count"] = 0.into();
        shown["category_ids"] = ().into();
        assert_eq!(described(&shown), "intervention e1 is closed, 0 replies");
        assert_eq!(described(&json!({"id": "e1"})), "intervention e1 is in an unknown state");
    }
}
