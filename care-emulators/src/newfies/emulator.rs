//! The emulator and its builder.

use crate::{
    clock::Clock,
    handle::{account_methods, bind_address_options, emulator, options},
    harness::Harness,
    listener::BindAddress,
    newfies::{
        controller::{Controller, calls::ACTIONS},
        links::Root,
        resources::{
            Resource,
            static_resources::{Gateways, SealedSurveys, SmsGateways},
        },
        response::ErrorResponse,
        routes::{self, views::resource_paths},
        seed_data::{self, GATEWAY_ID, PASSWORD, SMS_GATEWAY_ID, SURVEY_ID, TOKEN, USERNAME},
        settings::{Generation, Settings, Zone},
        timestamp,
        world::World,
    },
    secrets::Redacted,
};
use chrono::{TimeZone, Utc};
use std::io;

emulator! {
    /// A Newfies-Dialer server in this process. Dropping it stops it. It dereferences to its
    /// [`Harness`](crate::Harness): the port, journal, fault plan and clock. Its [`controller`](Self::controller) acts
    /// as administrators, workers and called people.
}

impl Emulator {
    /// The actions of `POST /_emulator/alarms/{id}/{action}`. Each calls the method of [`Controller`] with this name,
    /// with underscores for hyphens.
    pub const ACTIONS: [&str; ACTIONS.len()] = {
        let mut names = [""; ACTIONS.len()];
        let mut n = 0;
        while n < names.len() {
            names[n] = ACTIONS[n].0;
            n += 1;
        }
        names
    };

    /// The base URL of the API, such as `http://127.0.0.1:7005/rest-api/`, with a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}{}/", self.url(), self.path_prefix())
    }

    /// The link of a row.
    fn link(&self, resource: &str, id: u64) -> String {
        format!("{}{resource}/{id}/", self.base_url())
    }

    account_methods!();

    /// The token of the default manager, for `Authorization: Token …`.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.world.settings.token
    }

    /// The link of the gateway [`GATEWAY_ID`].
    #[must_use]
    pub fn gateway_link(&self) -> String {
        self.link(Gateways::PATH, GATEWAY_ID)
    }

    /// The link of the gateway [`SMS_GATEWAY_ID`].
    #[must_use]
    pub fn sms_gateway_link(&self) -> String {
        self.link(SmsGateways::PATH, SMS_GATEWAY_ID)
    }

    /// The link of the sealed survey [`SURVEY_ID`].
    #[must_use]
    pub fn survey_link(&self) -> String {
        self.link(SealedSurveys::PATH, SURVEY_ID)
    }
}

/// Sets up an [`Emulator`].
///
/// | setting | default |
/// |---|---|
/// | [`address`](Self::address) | a free port of 127.0.0.1 |
/// | [`path_prefix`](Self::path_prefix) | `/rest-api` |
/// | [`credentials`](Self::credentials) | [`USERNAME`], [`PASSWORD`] |
/// | [`token`](Self::token) | [`TOKEN`] |
/// | [`superuser`](Self::superuser) | on |
/// | [`generation`](Self::generation) | [`Generation::G2`] |
/// | [`time_zone`](Self::time_zone) | UTC |
/// | [`allowed_hosts`](Self::allowed_hosts) | all |
/// | all options without a value | off |
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use care_emulators::newfies::{Emulator, Generation};
///
/// let builder = Emulator::builder().generation(Generation::G1).credentials("desk", "secret");
/// let emulator = builder.start().await?;
/// assert_eq!(emulator.username(), "desk");
/// assert!(emulator.base_url().ends_with("/rest-api/"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing runs before `start()`"]
pub struct EmulatorBuilder {
    bind_address: BindAddress,
    settings: Redacted<Settings>,
}

impl EmulatorBuilder {
    pub(super) fn new() -> Self {
        let settings = Settings {
            username: USERNAME.to_owned(),
            password: PASSWORD.to_owned(),
            token: TOKEN.to_owned(),
            superuser: true,
            generation: Generation::G2,
            zone: Zone::new(Utc),
            documented_alarm_rules: false,
            documented: false,
            repaired: false,
            allowed_hosts: None,
            basic_challenge: false,
            behind_tls: false,
            unordered_lists: false,
            stray_event_url: false,
            prefix: String::new(),
            root: Root::new("", []),
            fallback_host: String::new(),
        };
        Self { bind_address: BindAddress::new("/rest-api"), settings: Redacted(settings) }
    }

    bind_address_options! {
        /// The last segment is the API's own; the segments before it are the root of the installation. Absolute links
        /// may contain the root, relative links don't.
    }

    options! {
        /// The manager's user name and password for HTTP Basic.
        pub fn credentials(username: impl Into<String>, password: impl Into<String>) {
            username = username.into();
            password = password.into()
        }

        /// The manager's token.
        pub fn token(token: impl Into<String>) { token = token.into() }

        /// Whether the manager is a superuser. Otherwise the manager has every permission that can be granted, which
        /// excludes calendar users and reading many resources.
        pub fn superuser(is_superuser: bool) { superuser = is_superuser }

        /// The release that the emulator behaves as.
        pub fn generation(generation: Generation) { generation = generation }

        /// Applies the alarm rules of the documentation: the daily start and stop and the advance notice decide when an
        /// alarm goes off, and a paused event silences its alarms. The server's code stores these values and ignores
        /// them.
        pub fn documented_alarm_rules() { documented_alarm_rules = true }

        /// Fixes the crashes around calendar users: they are created as in [`Generation::G1`], and profiles may name
        /// their user.
        pub fn repaired() { repaired = true }

        /// Responds with 401 and a challenge to missing or wrong credentials, as installations that prefer HTTP Basic
        /// do. By default the response is 403.
        pub fn basic_challenge() { basic_challenge = true }

        /// Makes links as a server behind TLS does: with `https`, except for the links that its code concatenates by
        /// hand.
        pub fn behind_tls() { behind_tls = true }

        /// Lists rows as a database without `ORDER BY` does: the row written last comes last. By default rows are
        /// sorted by id.
        pub fn unordered_lists() { unordered_lists = true }

        /// Adds a `url` of the event to its alarms in `get_nested_alarm_request`, as a comment in the server's code
        /// shows it.
        pub fn stray_event_url() { stray_event_url = true }
    }

    /// The time zone of times that are sent without an offset. An ambiguous or nonexistent local time crashes the
    /// server.
    pub fn time_zone<Z>(mut self, zone: Z) -> Self
    where
        Z: TimeZone + Send + Sync + 'static,
    {
        self.settings.zone = Zone::new(zone);
        self
    }

    /// The server of the documented examples, at their time: [`Generation::G0`], a manager who isn't a superuser, and
    /// an event with a child and alarms.
    ///
    /// The clock is frozen, and moves to the documented time of each example when its request arrives.
    pub fn documented_2013(mut self) -> Self {
        (self.settings.documented, self.settings.superuser) = (true, false);
        self.generation(Generation::G0)
    }

    /// The host names that the server accepts; others get 400 and a web page. The real server's default is only
    /// `127.0.0.1`.
    pub fn allowed_hosts<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.settings.allowed_hosts = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Starts the emulator. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the address is not a loopback address or the path prefix is malformed; otherwise the system's
    /// error, such as `AddrInUse`.
    pub async fn start(self) -> io::Result<Emulator> {
        self.bind_address.check()?;
        let Redacted(mut settings) = self.settings;
        let clock = if settings.documented { Clock::frozen_at(seed_data::documented_start()) } else { Clock::start() };
        settings.root = Root::new(&self.bind_address.path_prefix, resource_paths());
        settings.prefix.clone_from(&self.bind_address.path_prefix);
        settings.fallback_host = self.bind_address.socket.to_string();
        let now = timestamp::now(&clock);
        let mut state = seed_data::begin(&settings, now);
        let is_documented = settings.documented;
        if is_documented {
            seed_data::add_documented(&mut state, now);
        }
        let world = World::new(settings, clock, state);
        if is_documented {
            seed_data::plan_documented(&world);
        }
        let harness = Harness::start(
            self.bind_address,
            world.clock.clone(),
            routes::router(&world),
            ErrorResponse::response_for_status,
            "Newfies",
            routes::control::acts(),
        )?;
        Ok(Emulator { harness, world: Redacted(world) })
    }
}
