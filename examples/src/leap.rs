//! Shared by the programs for LEAP: a server that the environment names, a client of an emulator, and descriptions of
//! changes without personal data.

use crate::{
    environment::{self, Variable, at_most_one},
    failure::Failure,
};
use care_emulators::leap::Emulator;
use clap::Parser;
use leap_client::{Change, Error, Leap, LeapBuilder, RequestId, Secret, State, SupportRequest, Update, UpdateType};
use std::{fmt, time::Duration};

const BASE_URL: &str = "LEAP_BASE_URL";
const COMPANY: &str = "LEAP_COMPANY";
const USER: &str = "LEAP_USER";
const PASSWORD: &str = "LEAP_PASSWORD";
const TEST_REQUEST: &str = "LEAP_TEST_REQUEST";
const WATCH_SECONDS: &str = "LEAP_WATCH_SECONDS";

/// LEAP's variables.
#[derive(Parser)]
#[allow(missing_debug_implementations, reason = "it holds secrets")]
#[allow(rustdoc::bare_urls, reason = "these texts are also those of --help")]
pub struct LeapVariables {
    /// the server, such as https://acme.leapcities.com/api/v1/; or set LEAP_COMPANY
    #[arg(long, env = BASE_URL)]
    base_url: Option<String>,
    /// the company's name on LEAP's domain, such as acme. If neither is set, an emulator is started
    #[arg(long, env = COMPANY)]
    company: Option<String>,
    /// the user that the operator created for your External System
    #[arg(long, env = USER)]
    user: Option<String>,
    /// the password of that user
    #[arg(long, env = PASSWORD)]
    password: Option<String>,
    /// the id of a request that the tour may write to; without it the server is only read. It is moved to SUCCESSFUL,
    /// its customer gets mails, and its changes are acknowledged. No other request is written to
    #[arg(long, env = TEST_REQUEST, help_heading = "tour")]
    test_request: Option<String>,
    /// how long the tour waits for a change of that request [default: 120]
    #[arg(long, env = WATCH_SECONDS, help_heading = "tour")]
    watch_seconds: Option<String>,
}

/// A LEAP server, with credentials for it.
pub struct LiveLeap {
    server: Server,
    user: String,
    password: Secret,
    test_request: Option<RequestId>,
    watch: Duration,
}

enum Server {
    Address(String),
    Company(String),
}

impl LiveLeap {
    /// Reads the environment; `None` if it names no server.
    ///
    /// # Errors
    ///
    /// A usage error if credentials are missing, two servers are named, or a number is invalid. It quotes no value.
    pub fn from_env() -> Result<Option<Self>, Failure> {
        Self::new(&environment::read()?)
    }

    fn new(variables: &LeapVariables) -> Result<Option<Self>, Failure> {
        let address = Variable::new(BASE_URL, &variables.base_url);
        let company = Variable::new(COMPANY, &variables.company);
        let Some(place) = at_most_one(address, company)? else { return Ok(None) };
        let server = match (address.value(), company.value()) {
            (None, Some(name)) => Server::Company(name.to_owned()),
            (url, _) => Server::Address(url.unwrap_or_default().to_owned()),
        };
        Ok(Some(Self {
            server,
            user: Variable::new(USER, &variables.user).required_by(place.name())?.to_owned(),
            password: Variable::new(PASSWORD, &variables.password).required_by(place.name())?.into(),
            test_request: Variable::new(TEST_REQUEST, &variables.test_request).value().map(RequestId::from),
            watch: Variable::new(WATCH_SECONDS, &variables.watch_seconds).seconds_or(120)?,
        }))
    }

    /// A client's builder with all settings of the environment.
    pub fn builder(&self) -> LeapBuilder {
        let builder = Leap::builder().basic_auth(&self.user, self.password.clone());
        match &self.server {
            Server::Address(url) => builder.base_url(url),
            Server::Company(name) => builder.company(name),
        }
    }

    /// The server as named in the environment. Print it only after a client was built, which rejects an address with a
    /// password in it.
    #[must_use]
    pub fn server(&self) -> String {
        match &self.server {
            Server::Address(url) => url.clone(),
            Server::Company(name) => format!("the server of {name}"),
        }
    }

    /// The variable that names the server.
    #[must_use]
    pub fn variable(&self) -> &'static str {
        match &self.server {
            Server::Address(_) => BASE_URL,
            Server::Company(_) => COMPANY,
        }
    }

    /// The request that the tour may write to.
    #[must_use]
    pub fn test_request(&self) -> Option<&RequestId> {
        self.test_request.as_ref()
    }

    /// How long the tour waits for a change. Default: 120 s.
    #[must_use]
    pub fn watch_time(&self) -> Duration {
        self.watch
    }
}

impl fmt::Debug for LiveLeap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveLeap")
            .field("variable", &self.variable())
            .field("test_request", &self.test_request)
            .finish_non_exhaustive()
    }
}

/// A client of an emulator.
///
/// # Errors
///
/// Those of [`leap_client::LeapBuilder::build`].
pub fn client(emulator: &Emulator) -> Result<Leap, Error> {
    Leap::builder().base_url(emulator.base_url()).basic_auth(emulator.username(), emulator.password()).build()
}

/// Describes a change in one line without personal data: no name, mail address or text.
#[must_use]
pub fn describe_change(change: &Change) -> String {
    let mut what: Vec<_> = change.updates().iter().map(happened).collect();
    if what.is_empty() {
        what.push(if change.is_new() { "new" } else { "changed" }.to_owned());
    }
    let mut line = format!("{}: {}", describe_request(change.request()), what.join(", "));
    if change.is_late() {
        line += " (arrived while the previous change was handled)";
    }
    if change.attempt() > 1 {
        line += &format!(" (delivery {})", change.attempt());
    }
    line
}

/// Describes a request by id, state and topic, without personal data.
#[must_use]
pub fn describe_request(request: &SupportRequest) -> String {
    let topic = request.topic.as_ref().map(|topic| format!(", topic {}", topic.identifier)).unwrap_or_default();
    format!("request {} is {}{topic}", request.identifier, known(&request.state))
}

fn happened(update: &Update) -> String {
    match (&update.kind, &update.state) {
        (UpdateType::CommentAdded, _) => "a comment".to_owned(),
        (UpdateType::Assigned, _) => "assigned".to_owned(),
        (UpdateType::StateChanged, Some(state)) => format!("now {}", known(state)),
        (UpdateType::StateChanged, None) => "another state".to_owned(),
        _ => "an update of an unknown kind".to_owned(),
    }
}

/// The state, unless it is undocumented: then it could be any text.
fn known(state: &State) -> &str {
    if matches!(state, State::Other(_)) { "in an undocumented state" } else { state.as_str() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const URL: (&str, &str) = (BASE_URL, "https://leap.example.com/api/v1/");
    const ACME: (&str, &str) = (COMPANY, "acme");
    const NAME: (&str, &str) = (USER, "canary-user");
    const WORD: (&str, &str) = (PASSWORD, "canary-password");

    fn read(set: &[(&str, &str)]) -> Result<Option<LiveLeap>, Failure> {
        LiveLeap::new(&environment::with(set))
    }

    #[test]
    fn without_a_server_an_emulator_is_used() {
        assert!(read(&[NAME, WORD]).unwrap().is_none());
        assert!(read(&[(BASE_URL, ""), (COMPANY, ""), NAME, WORD]).unwrap().is_none());
    }

    #[test]
    fn a_server_is_named_by_its_address_or_its_company() {
        for (place, server) in [(URL, URL.1), (ACME, "the server of acme")] {
            let live = read(&[place, NAME, WORD]).unwrap().unwrap();
            assert_eq!((&*live.server(), live.variable(), live.test_request()), (server, place.0, None));
            assert!(live.builder().build().is_ok());
            assert!(!format!("{live:?}").contains("canary"), "{live:?}");
        }
    }

    #[test]
    fn an_error_names_the_variable_and_quotes_no_value() {
        for (set, name) in [
            (&[URL, NAME][..], "LEAP_BASE_URL is set, but LEAP_PASSWORD"),
            (&[ACME, WORD], "LEAP_COMPANY is set, but LEAP_USER"),
            (&[URL, (USER, ""), WORD], "but LEAP_USER"),
            (&[URL, ACME, NAME, WORD], "are both set"),
            (&[URL, NAME, WORD, (WATCH_SECONDS, "canary")], "LEAP_WATCH_SECONDS is not a whole number of seconds"),
        ] {
            let failure = read(set).unwrap_err().to_string();
            assert!(failure.contains(name) && failure.contains("Nothing was sent"), "{failure}");
            assert!(!failure.contains("canary") && !failure.contains("example"), "{failure}");
        }
    }

    #[test]
    fn a_requests_description_holds_no_personal_data() {
        let (time, canary) = ("2024-05-01T10:00:00Z", "canary");
        let mut shown = json!({
            "identifier": "10000001", "state": "IN_PROGRESS", "topic": {"identifier": "Lighting"},
            "creation_time": time, "last_update_time": time, "summary": canary,
            "description": canary, "creator": canary, "assignee": canary,
            "email": "canary@example.com", "account": {"identifier": canary}, "community": canary,
        });
        let described = |shown: &serde_json::Value| describe_request(&serde_json::from_value(shown.clone()).unwrap());
        assert_eq!(described(&shown), "request 10000001 is IN_PROGRESS, topic Lighting");
        shown["state"] = canary.into();
        shown["topic"] = ().into();
        assert_eq!(described(&shown), "request 10000001 is in an undocumented state");
    }

    #[test]
    fn an_update_is_described_by_its_kind() {
        let described = |mut update: serde_json::Value| {
            update["update_time"] = "2024-05-01T10:00:00Z".into();
            (update["comment"], update["updater"]) = ("canary".into(), "canary".into());
            happened(&serde_json::from_value(update).unwrap())
        };
        for (update, expected) in [
            (json!({"kind": "COMMENT_ADDED"}), "a comment"),
            (json!({"kind": "ASSIGNED"}), "assigned"),
            (json!({"kind": "STATE_CHANGED", "state": "PROBLEM"}), "now PROBLEM"),
            (json!({"kind": "STATE_CHANGED", "state": "canary"}), "now in an undocumented state"),
            (json!({"kind": "STATE_CHANGED"}), "another state"),
            (json!({"kind": "canary"}), "an update of an unknown kind"),
        ] {
            assert_eq!(described(update), expected);
        }
    }
}
