//! The builder: the settings of an Engagement emulator and their defaults.

use crate::{
    clock::Clock,
    engagement::{
        emulator::Emulator,
        error_response::ErrorResponse,
        routes,
        settings::{CustomFieldsKey, Language, Settings},
        world::World,
    },
    fault_status::FaultStatus,
    ground::Ground,
    handle::site_methods,
    site::Site,
    unseen::Unseen,
};
use http::StatusCode;
use std::io;

/// The default access token. It is not a secret: only emulators accept it.
pub const ACCESS_TOKEN: &str = "emulator-access-token";

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
    site: Site,
    settings: Unseen<Settings>,
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
        Self { site: Site::new("/1.0"), settings: Unseen(settings) }
    }

    site_methods!();

    /// The access token of the agent [`AGENT_ID`](super::AGENT_ID).
    pub fn access_token(mut self, token: impl Into<String>) -> Self {
        self.settings.access_token = token.into();
        self
    }

    /// The language of the account, in which `status` of an intervention comes.
    pub fn language(mut self, language: Language) -> Self {
        self.settings.language = language;
        self
    }

    /// The key that holds an intervention's custom fields.
    pub fn custom_fields_key(mut self, key: CustomFieldsKey) -> Self {
        self.settings.custom_fields_key = key;
        self
    }

    /// Responds to a create with a list that contains the intervention, as the page *InterventionsApi* types it. By
    /// default the response is the intervention itself.
    pub fn created_as_list(mut self) -> Self {
        self.settings.created_as_list = true;
        self
    }

    /// Responds to a cancel with status 200 and no body. By default the response is the removed intervention.
    pub fn empty_cancel(mut self) -> Self {
        self.settings.empty_cancel = true;
        self
    }

    /// Responds with 403 to a close or a cancel of an intervention whose source the caller may not read. By default the
    /// response is 404; the page says both.
    pub fn unreadable_is_forbidden(mut self) -> Self {
        self.settings.unreadable_is_forbidden = true;
        self
    }

    /// Sends every error as plain text instead of JSON, as the vendor says of a few.
    pub fn plain_text_errors(mut self) -> Self {
        self.settings.plain_text_errors = true;
        self
    }

    /// The number of requests that a token may make in any minute of the emulator's [clock](Ground::clock); the next
    /// one gets 429. `None` means no limit.
    pub fn rate_limit(mut self, requests_a_minute: Option<u32>) -> Self {
        self.settings.rate_limit = requests_a_minute;
        self
    }

    /// The status for a request without a known token: a [`StatusCode`] or its number. The vendor's API for communities
    /// uses 403.
    pub fn bad_token_status(mut self, status: impl Into<FaultStatus>) -> Self {
        self.settings.bad_token_status = status.into().0;
        self
    }

    /// Sorts `sort=updated_at` by the oldest update first. By default the newest update comes first.
    pub fn oldest_update_first(mut self) -> Self {
        self.settings.oldest_update_first = true;
        self
    }

    /// The largest number of interventions on a page, whatever `limit` says.
    pub fn largest_page(mut self, interventions: u32) -> Self {
        self.settings.largest_page = interventions;
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
        let world = World::new(self.settings.0, Clock::start());
        let routes = routes::router(&world, &self.site.path_prefix);
        let problem = if world.settings.plain_text_errors {
            |status| ErrorResponse::for_status(status).plain()
        } else {
            |status| ErrorResponse::for_status(status).into()
        };
        let ground = Ground::start(self.site, world.clock.clone(), routes, problem)?;
        Ok(Emulator { harness: ground, world: Unseen(world) })
    }
}
