//! How an emulator is set up.

use std::io;
use std::time::Duration;

use super::accounts::Lifetimes;
use super::emulator::Emulator;
use super::refusal::Refusal;
use super::routes;
use super::world::{Settings, World};
use crate::clock::Clock;
use crate::ground::Ground;
use crate::handle::site_methods;
use crate::site::Site;
use crate::unseen::Unseen;

/// The client id that an emulator accepts unless told otherwise. AURA's are GUIDs, too.
pub const CLIENT_ID: &str = "00000000-0000-4000-8000-000000000570";

/// The client secret that an emulator accepts unless told otherwise. It is no secret: it opens emulators only.
pub const CLIENT_SECRET: &str = "emulator-secret";

/// 500 years, the guide's lifetime of a user token.
const FIVE_CENTURIES: Duration = Duration::from_secs(500 * 365 * 24 * 60 * 60);

/// Sets up an [`Emulator`].
///
/// | setting | default |
/// |---|---|
/// | [`address`](Self::address) | a free port of 127.0.0.1 |
/// | [`path_prefix`](Self::path_prefix) | `/panic-api` |
/// | [`client`](Self::client) | [`CLIENT_ID`], [`CLIENT_SECRET`] |
/// | [`callout_id`](Self::callout_id) | 570 |
/// | [`autoplay`](Self::autoplay) | off: the control room waits for a [`Controller`](super::Controller) |
/// | [`server_token_lifetime`](Self::server_token_lifetime), [`user_token_lifetime`](Self::user_token_lifetime) | 500 years |
/// | all switches | off |
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use care_emulators::aura::Emulator;
///
/// let emulator = Emulator::builder().path_prefix("").client("id", "secret").callout_id(1).start().await?;
/// assert_eq!(emulator.client_secret(), "secret");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing runs before `start()`"]
pub struct EmulatorBuilder {
    site: Site,
    plural_comments: bool,
    settings: Unseen<Settings>,
}

impl EmulatorBuilder {
    pub(super) fn new() -> Self {
        let settings = Settings {
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
            first_callout: 570,
            autoplay: None,
            lifetimes: Lifetimes { server: FIVE_CENTURIES, user: FIVE_CENTURIES },
            server_callouts: false,
            bare_created: false,
            wrapped_get: false,
            register_without_token: false,
            customer_images: false,
        };
        Self { site: Site::new("/panic-api"), plural_comments: false, settings: Unseen(settings) }
    }

    site_methods! {
        ///
        /// The guide names no prefix; `/panic-api` is what later documents of AURA have.
    }

    /// The client id and client secret that `POST /oauth/token` accepts.
    pub fn client(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.settings.client_id = id.into();
        self.settings.client_secret = secret.into();
        self
    }

    /// The id of the first callout. Each one that follows has the next number.
    pub fn callout_id(mut self, first: u64) -> Self {
        self.settings.first_callout = first;
        self
    }

    /// Plays the control room for every callout, by tokio's clock: `step` after its creation it is verified, and then, a step apart each, a
    /// responder is dispatched, moves, arrives, the control room says something, the responder completes, and the callout is closed.
    ///
    /// It stops where a [`Controller`](super::Controller) gets in between.
    pub fn autoplay(mut self, step: Duration) -> Self {
        self.settings.autoplay = Some(step);
        self
    }

    /// How long server tokens live, by the emulator's [clock](Ground::clock).
    pub fn server_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.settings.lifetimes.server = lifetime;
        self
    }

    /// How long user tokens live, by the emulator's [clock](Ground::clock).
    pub fn user_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.settings.lifetimes.user = lifetime;
        self
    }

    /// Lets server tokens create callouts and use those that server tokens have created, as AURA does by arrangement. Else they get 403.
    pub fn allow_server_callouts(mut self) -> Self {
        self.settings.server_callouts = true;
        self
    }

    /// Answers a create with the callout itself, not with an object that has it under `callout`.
    pub fn bare_created(mut self) -> Self {
        self.settings.bare_created = true;
        self
    }

    /// Answers `GET /callouts/{id}` with an object that has the callout under `callout`, not with the callout itself.
    pub fn wrapped_get(mut self) -> Self {
        self.settings.wrapped_get = true;
        self
    }

    /// Accepts comments at `/callouts/{id}/comments`, too. Without it only the documented path works, which begins with `/callout/`.
    pub fn plural_comments(mut self) -> Self {
        self.plural_comments = true;
        self
    }

    /// Answers `POST /oauth/user` without a token: the user has to log in for one. The guide shows no answer.
    pub fn register_without_token(mut self) -> Self {
        self.settings.register_without_token = true;
        self
    }

    /// Gives every customer in an answer the key `imageId`, with null, as the newest of the documented examples has it.
    pub fn customer_images(mut self) -> Self {
        self.settings.customer_images = true;
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
        let world = World::new(self.settings.0, Clock::start());
        let routes = routes::router(&world, &self.site.path_prefix, self.plural_comments);
        let problem = |status| Refusal::planned(status).into();
        let ground = Ground::start(self.site, world.clock.clone(), routes, problem)?;
        Ok(Emulator { ground, world: Unseen(world) })
    }
}
