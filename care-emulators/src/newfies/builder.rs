//! The builder: the settings of a Newfies emulator and their defaults.

use crate::{
    clock::Clock,
    ground::Ground,
    handle::site_methods,
    newfies::{
        emulator::Emulator,
        error_response::ErrorResponse,
        links::Root,
        routes,
        seed_data::{self, PASSWORD, TOKEN, USERNAME},
        settings::{Generation, Settings, Zone},
        timestamp,
        world::World,
    },
    site::Site,
    unseen::Unseen,
};
use chrono::{TimeZone, Utc};
use std::io;

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
    site: Site,
    settings: Unseen<Settings>,
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
            root: Root::new(""),
            fallback_host: String::new(),
        };
        Self { site: Site::new("/rest-api"), settings: Unseen(settings) }
    }

    site_methods! {
        /// The last segment is the API's own; the segments before it are the root of the installation. Absolute links
        /// may contain the root, relative links don't.
    }

    /// The manager's user name and password for HTTP Basic.
    pub fn credentials(mut self, username: impl Into<String>, password: impl Into<String>) -> Self {
        (self.settings.username, self.settings.password) = (username.into(), password.into());
        self
    }

    /// The manager's token.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.settings.token = token.into();
        self
    }

    /// Whether the manager is a superuser. Otherwise the manager has every permission that can be granted, which
    /// excludes calendar users and reading many resources.
    pub fn superuser(mut self, is_superuser: bool) -> Self {
        self.settings.superuser = is_superuser;
        self
    }

    /// The release that the emulator behaves as.
    pub fn generation(mut self, generation: Generation) -> Self {
        self.settings.generation = generation;
        self
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

    /// Applies the alarm rules of the documentation: the daily start and stop and the advance notice decide when an
    /// alarm goes off, and a paused event silences its alarms. The server's code stores these values and ignores them.
    pub fn documented_alarm_rules(mut self) -> Self {
        self.settings.documented_alarm_rules = true;
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

    /// Fixes the crashes around calendar users: they are created as in [`Generation::G1`], and profiles may name their
    /// user.
    pub fn repaired(mut self) -> Self {
        self.settings.repaired = true;
        self
    }

    /// The host names that the server accepts; others get 400 and a web page. The real server's default is only
    /// `127.0.0.1`.
    pub fn allowed_hosts<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.settings.allowed_hosts = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Responds with 401 and a challenge to missing or wrong credentials, as installations that prefer HTTP Basic do.
    /// By default the response is 403.
    pub fn basic_challenge(mut self) -> Self {
        self.settings.basic_challenge = true;
        self
    }

    /// Makes links as a server behind TLS does: with `https`, except for the links that its code concatenates by hand.
    pub fn behind_tls(mut self) -> Self {
        self.settings.behind_tls = true;
        self
    }

    /// Lists rows as a database without `ORDER BY` does: the row written last comes last. By default rows are sorted by
    /// id.
    pub fn unordered_lists(mut self) -> Self {
        self.settings.unordered_lists = true;
        self
    }

    /// Adds a `url` of the event to its alarms in `get_nested_alarm_request`, as a comment in the server's code shows
    /// it.
    pub fn stray_event_url(mut self) -> Self {
        self.settings.stray_event_url = true;
        self
    }

    /// Starts the emulator. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the address is not a loopback address or the path prefix is malformed; otherwise the system's
    /// error, such as `AddrInUse`.
    pub async fn start(self) -> io::Result<Emulator> {
        self.site.check()?;
        let Unseen(mut settings) = self.settings;
        let clock = if settings.documented { Clock::frozen_at(seed_data::documented_start()) } else { Clock::start() };
        settings.root = Root::new(&self.site.path_prefix);
        settings.prefix.clone_from(&self.site.path_prefix);
        settings.fallback_host = self.site.address.to_string();
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
        let ground =
            Ground::start(self.site, world.clock.clone(), routes::router(&world), ErrorResponse::response_for_status)?;
        Ok(Emulator { ground, world: Unseen(world) })
    }
}
