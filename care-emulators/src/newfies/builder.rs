//! How an emulator is set up.

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
/// | all switches without a value | off |
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use care_emulators::newfies::{Emulator, Generation};
///
/// let emulator = Emulator::builder().generation(Generation::G1).credentials("desk", "secret").start().await?;
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
        /// Its last segment is the API's own, what is before it the place of the whole installation. Absolute links may name it with that place, paths alone
        /// are read without.
    }

    /// User name and password of the manager, by HTTP Basic.
    pub fn credentials(mut self, username: impl Into<String>, password: impl Into<String>) -> Self {
        (self.settings.username, self.settings.password) = (username.into(), password.into());
        self
    }

    /// The token of the manager.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.settings.token = token.into();
        self
    }

    /// Whether the manager is a superuser. One who isn't has every permission that can be granted, which leaves calendar users out, and much else to be read.
    pub fn superuser(mut self, is_superuser: bool) -> Self {
        self.settings.superuser = is_superuser;
        self
    }

    /// What the server is a release of.
    pub fn generation(mut self, generation: Generation) -> Self {
        self.settings.generation = generation;
        self
    }

    /// The zone of times that are sent without an offset. A time that its clocks show twice or never breaks the server.
    pub fn time_zone<Z>(mut self, zone: Z) -> Self
    where
        Z: TimeZone + Send + Sync + 'static,
    {
        self.settings.zone = Zone::new(zone);
        self
    }

    /// Lets the daily start and stop and the advance notice decide when an alarm goes off, and a paused event keep its alarms silent, as the
    /// documentation says. The server's code keeps these values and doesn't look at them.
    pub fn documented_alarm_rules(mut self) -> Self {
        self.settings.documented_alarm_rules = true;
        self
    }

    /// The server as the documented examples find it, at their time: it is of [`Generation::G0`], its manager is no superuser, and an event with a child
    /// and alarms is there.
    ///
    /// The clock stands still, and goes on to the documented time of each example when its request arrives.
    pub fn documented_2013(mut self) -> Self {
        (self.settings.documented, self.settings.superuser) = (true, false);
        self.generation(Generation::G0)
    }

    /// Mends what breaks around calendar users: they are made as by [`Generation::G1`], and profiles may name their user.
    pub fn repaired(mut self) -> Self {
        self.settings.repaired = true;
        self
    }

    /// The names that the server may be called by; by any other it answers 400 and a page. The server's own default is `127.0.0.1` alone.
    pub fn allowed_hosts<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.settings.allowed_hosts = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Answers 401 with a challenge where credentials are missing or wrong, as an installation does that asks for HTTP Basic first. Else 403.
    pub fn basic_challenge(mut self) -> Self {
        self.settings.basic_challenge = true;
        self
    }

    /// Makes links as a server does that is reached through TLS: with `https`, but for those that its code puts together by hand.
    pub fn behind_tls(mut self) -> Self {
        self.settings.behind_tls = true;
        self
    }

    /// Lists rows as a database does that isn't told an order: one that was written last comes last. Else in the order of their ids.
    pub fn unordered_lists(mut self) -> Self {
        self.settings.unordered_lists = true;
        self
    }

    /// Puts a `url` of the event among its alarms in `get_nested_alarm_request`, as a comment in the server's code has it.
    pub fn stray_event_url(mut self) -> Self {
        self.settings.stray_event_url = true;
        self
    }

    /// Starts the emulator. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the address is not of the loopback or the prefix not of the form above; else what the system says, such as
    /// `AddrInUse`.
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
