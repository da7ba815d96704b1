//! The emulator's handle and its builder.

use super::{
    accounts::{Holder, Lifetimes},
    controller::{ACTIONS, Controller},
    error_response::ErrorResponse,
    routes,
    world::{Settings, World},
};
use crate::{
    clock::Clock,
    handle::{bind_address_options, emulator, options},
    harness::Harness,
    listener::BindAddress,
    secrets::Redacted,
};
use std::{io, time::Duration};

/// The default client id of an emulator. AURA's are GUIDs, too.
pub const CLIENT_ID: &str = "00000000-0000-4000-8000-000000000570";

/// The default client secret of an emulator. It is public: it opens emulators only.
pub const CLIENT_SECRET: &str = "emulator-secret";

/// 500 years, the lifetime of a user token in the guide.
const FIVE_CENTURIES: Duration = Duration::from_secs(500 * 365 * 24 * 60 * 60);

emulator! {
    /// An AURA server in this process, stopped when dropped.
    ///
    /// Its port, journal, fault plan and clock are those of its [`Harness`](crate::Harness); its
    /// [`controller`](Self::controller) drives the control room.
}

impl Emulator {
    /// The actions of `POST /_emulator/callouts/{id}/{action}`. Each calls the method of [`Controller`] with this name,
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

    /// The accepted client id.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.world.settings.client_id
    }

    /// The accepted client secret.
    #[must_use]
    pub fn client_secret(&self) -> &str {
        &self.world.settings.client_secret
    }

    /// Issues a user token for `email`, as a login does. Registers the user first if necessary, without a usable
    /// password.
    #[must_use]
    pub fn issue_user_token(&self, email: &str) -> String {
        let holder = Holder::User(email.into());
        {
            let mut state = self.world.state();
            // No endpoint accepts an empty password. A registered user stays unchanged.
            let _ = state.accounts.register(email, "", self.world.clock.now());
        }
        self.world.issue(&holder).text
    }

    /// Issues a server token, as `POST /oauth/token` does.
    #[must_use]
    pub fn issue_server_token(&self) -> String {
        self.world.issue(&Holder::Server).text
    }

    /// Revokes all tokens issued so far: they get 401.
    pub fn revoke_tokens(&self) {
        self.world.state().accounts.revoke_all();
    }
}

/// Configures an [`Emulator`].
///
/// | setting | default |
/// |---|---|
/// | [`address`](Self::address) | a free port of 127.0.0.1 |
/// | [`path_prefix`](Self::path_prefix) | `/panic-api` |
/// | [`client`](Self::client) | [`CLIENT_ID`], [`CLIENT_SECRET`] |
/// | [`callout_id`](Self::callout_id) | 570 |
/// | [`autoplay`](Self::autoplay) | off: the control room waits for a [`Controller`] |
/// | [`server_token_lifetime`](Self::server_token_lifetime) | 500 years |
/// | [`user_token_lifetime`](Self::user_token_lifetime) | 500 years |
/// | all options without an argument | off |
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use care_emulators::aura::Emulator;
///
/// let builder = Emulator::builder().path_prefix("").client("id", "secret").callout_id(1);
/// let emulator = builder.start().await?;
/// assert_eq!(emulator.client_secret(), "secret");
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
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
            first_callout: 570,
            autoplay: None,
            lifetimes: Lifetimes { server: FIVE_CENTURIES, user: FIVE_CENTURIES },
            server_callouts: false,
            bare_created: false,
            wrapped_get: false,
            plural_comments: false,
            register_without_token: false,
            customer_images: false,
        };
        Self { bind_address: BindAddress::new("/panic-api"), settings: Redacted(settings) }
    }

    bind_address_options! {
        ///
        /// The guide names no prefix; AURA's later documents have `/panic-api`.
    }

    options! {
        /// The client id and client secret that `POST /oauth/token` accepts.
        pub fn client(id: impl Into<String>, secret: impl Into<String>) {
            client_id = id.into();
            client_secret = secret.into()
        }

        /// The id of the first callout. Each later callout has the next number.
        pub fn callout_id(first: u64) { first_callout = first }

        /// Plays the control room for every callout, by tokio's clock.
        ///
        /// `step` after its creation the callout is verified. Then, one step apart each, a responder is dispatched,
        /// moves and arrives, the control room sends a message, the responder completes, and the callout is closed. The
        /// play stops when a [`Controller`] moves the callout in between.
        pub fn autoplay(step: Duration) { autoplay = Some(step) }

        /// The lifetime of server tokens, by the emulator's [clock](Harness::clock).
        pub fn server_token_lifetime(lifetime: Duration) { lifetimes.server = lifetime }

        /// The lifetime of user tokens, by the emulator's [clock](Harness::clock).
        pub fn user_token_lifetime(lifetime: Duration) { lifetimes.user = lifetime }

        /// Lets server tokens create callouts and use callouts created by server tokens, as AURA does by arrangement.
        /// Without it they get 403.
        pub fn allow_server_callouts() { server_callouts = true }

        /// Answers a create with the callout itself instead of an object with the callout under `callout`.
        pub fn bare_created() { bare_created = true }

        /// Answers `GET /callouts/{id}` with an object that has the callout under `callout` instead of the callout
        /// itself.
        pub fn wrapped_get() { wrapped_get = true }

        /// Accepts comments at `/callouts/{id}/comments`, too. Without it only the documented path works, which starts
        /// with `/callout/`.
        pub fn plural_comments() { plural_comments = true }

        /// Answers `POST /oauth/user` without a token: the user must log in for one. The guide shows no answer.
        pub fn register_without_token() { register_without_token = true }

        /// Adds the key `imageId` with null to every customer in an answer, as the newest documented example has it.
        pub fn customer_images() { customer_images = true }
    }

    /// Starts the emulator. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the address is not a loopback address or the prefix has another form; otherwise the system's
    /// error, such as `AddrInUse`.
    pub async fn start(self) -> io::Result<Emulator> {
        self.bind_address.check()?;
        let world = World::new(self.settings.0, Clock::start());
        let routes = routes::router(&world, &self.bind_address.path_prefix);
        let problem = |status| ErrorResponse::planned(status).into();
        let harness =
            Harness::start(self.bind_address, world.clock.clone(), routes, problem, "AURA", routes::control::acts())?;
        Ok(Emulator { harness, world: Redacted(world) })
    }
}
