//! The emulator and its builder.

use crate::{
    clock::Clock,
    engagement::{
        controller::{Controller, interventions::ACTIONS},
        error_response::ErrorResponse,
        routes,
        settings::{CustomFieldsKey, Language, Settings},
        world::World,
    },
    fault::FaultStatus,
    handle::{bind_address_options, emulator, options},
    harness::Harness,
    listener::BindAddress,
    secrets::Redacted,
};
use http::StatusCode;
use std::io;

/// The default access token. It is not a secret: only emulators accept it.
pub const ACCESS_TOKEN: &str = "emulator-access-token";

emulator! {
    /// An Engagement server in this process. Dropping it stops it. It dereferences to its [`Harness`](crate::Harness):
    /// the port, journal, fault plan and clock. Its [`controller`](Self::controller) acts as agents and customers.
}

impl Emulator {
    /// The actions of `POST /_emulator/interventions/{id}/{action}`. Each calls the method of [`Controller`] with this
    /// name, with underscores for hyphens.
    pub const ACTIONS: [&str; ACTIONS.len()] = {
        let mut names = [""; ACTIONS.len()];
        let mut n = 0;
        while n < names.len() {
            names[n] = ACTIONS[n].0;
            n += 1;
        }
        names
    };

    /// The base URL of the API, such as `http://127.0.0.1:7003/1.0`, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}{}", self.url(), self.path_prefix())
    }

    /// The token of the agent [`AGENT_ID`](super::AGENT_ID).
    #[must_use]
    pub fn access_token(&self) -> &str {
        &self.world.settings.access_token
    }
}

/// Sets up an [`Emulator`].
///
/// | setting | default |
/// |---|---|
/// | [`address`](Self::address) | a free port of 127.0.0.1 |
/// | [`path_prefix`](Self::path_prefix) | `/1.0` |
/// | [`access_token`](Self::access_token) | [`ACCESS_TOKEN`] |
/// | [`language`](Self::language) | [`Language::English`] |
/// | [`custom_fields_key`](Self::custom_fields_key) | [`CustomFieldsKey::Live`] |
/// | [`rate_limit`](Self::rate_limit) | 500 requests a minute |
/// | [`bad_token_status`](Self::bad_token_status) | 403 |
/// | [`largest_page`](Self::largest_page) | 150 |
/// | all options without a value | off |
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use care_emulators::engagement::{Emulator, Language};
///
/// let builder = Emulator::builder().access_token("secret").language(Language::French);
/// let emulator = builder.rate_limit(None).start().await?;
/// assert_eq!(emulator.access_token(), "secret");
/// assert!(emulator.base_url().ends_with("/1.0"));
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
            access_token: ACCESS_TOKEN.to_owned(),
            language: Language::English,
            custom_fields_key: CustomFieldsKey::Live,
            created_as_list: false,
            empty_cancel: false,
            unreadable_is_forbidden: false,
            plain_text_errors: false,
            rate_limit: Some(500),
            bad_token_status: StatusCode::FORBIDDEN,
            oldest_update_first: false,
            largest_page: 150,
        };
        Self { bind_address: BindAddress::new("/1.0"), settings: Redacted(settings) }
    }

    bind_address_options!();

    options! {
        /// The access token of the agent [`AGENT_ID`](super::AGENT_ID).
        pub fn access_token(token: impl Into<String>) { access_token = token.into() }

        /// The language of the account, in which `status` of an intervention comes.
        pub fn language(language: Language) { language = language }

        /// The key that holds an intervention's custom fields.
        pub fn custom_fields_key(key: CustomFieldsKey) { custom_fields_key = key }

        /// Responds to a create with a list that contains the intervention, as the page *InterventionsApi* types it. By
        /// default the response is the intervention itself.
        pub fn created_as_list() { created_as_list = true }

        /// Responds to a cancel with status 200 and no body. By default the response is the removed intervention.
        pub fn empty_cancel() { empty_cancel = true }

        /// Responds with 403 to a close or a cancel of an intervention whose source the caller may not read. By default
        /// the response is 404; the page says both.
        pub fn unreadable_is_forbidden() { unreadable_is_forbidden = true }

        /// Sends every error as plain text instead of JSON, as the vendor says of a few.
        pub fn plain_text_errors() { plain_text_errors = true }

        /// The number of requests that a token may make in any minute of the emulator's [clock](Harness::clock); the
        /// next one gets 429. `None` means no limit.
        pub fn rate_limit(requests_a_minute: Option<u32>) { rate_limit = requests_a_minute }

        /// The status for a request without a known token: a [`StatusCode`] or its number. The vendor's API for
        /// communities uses 403.
        pub fn bad_token_status(status: impl Into<FaultStatus>) { bad_token_status = status.into().0 }

        /// Sorts `sort=updated_at` by the oldest update first. By default the newest update comes first.
        pub fn oldest_update_first() { oldest_update_first = true }

        /// The largest number of interventions on a page, whatever `limit` says.
        pub fn largest_page(interventions: u32) { largest_page = interventions }
    }

    /// Starts the emulator. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the address is not a loopback address or the path prefix is malformed; otherwise the system's
    /// error, such as `AddrInUse`.
    pub async fn start(self) -> io::Result<Emulator> {
        self.bind_address.check()?;
        let world = World::new(self.settings.0, Clock::start());
        let routes = routes::router(&world, &self.bind_address.path_prefix);
        let problem = if world.settings.plain_text_errors {
            |status| ErrorResponse::for_status(status).plain()
        } else {
            |status| ErrorResponse::for_status(status).into()
        };
        let harness = Harness::start(
            self.bind_address,
            world.clock.clone(),
            routes,
            problem,
            "Engagement",
            routes::control::acts(),
        )?;
        Ok(Emulator { harness, world: Redacted(world) })
    }
}
