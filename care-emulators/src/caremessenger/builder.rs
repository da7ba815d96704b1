//! The builder of a CareMessenger emulator. Its setters are in `options`.

use crate::{
    caremessenger::{
        account::{PASSWORD, USERNAME},
        delivery::schedule::Schedule,
        emulator::Emulator,
        error_response::ErrorResponse,
        routes,
        settings::{CoordinateForm, ListShape, Paging, Settings, TokenForm, Updates, WebhookEcho},
        world::World,
    },
    clock::Clock,
    ground::Ground,
    handle::site_methods,
    site::Site,
    unseen::Unseen,
};
use axum::response::IntoResponse;
use chrono::{Offset, Utc};
use http::StatusCode;
use std::{io, time::Duration};

/// Sets up an [`Emulator`].
///
/// | setting | default |
/// |---|---|
/// | [`address`](Self::address) | a free port of 127.0.0.1 |
/// | [`path_prefix`](Self::path_prefix) | none |
/// | [`credentials`](Self::credentials) | [`USERNAME`], [`PASSWORD`] |
/// | [`auth_scheme`](Self::auth_scheme) | `Bearer` |
/// | [`token_form`](Self::token_form) | [`TokenForm::Jwt`] |
/// | [`token_lifetime`](Self::token_lifetime) | 180 days |
/// | [`sign_in_refusal`](Self::sign_in_refusal) | 400 |
/// | [`create_status`](Self::create_status) | 201 |
/// | [`provider_id`](Self::provider_id) | 10 |
/// | [`webhook_echo`](Self::webhook_echo) | [`WebhookEcho::WhenAny`] |
/// | [`coordinates`](Self::coordinates) | [`CoordinateForm::Text`] |
/// | [`utc_offset`](Self::utc_offset) | 0 |
/// | [`list_shape`](Self::list_shape) | [`ListShape::Envelope`] |
/// | [`paging`](Self::paging) | [`Paging::Number`] |
/// | [`page_size`](Self::page_size) | 100 |
/// | [`link_origin`](Self::link_origin) | `http://10.0.0.7:8000` |
/// | [`updates`](Self::updates) | [`Updates::None`] |
/// | [`schedule`](Self::schedule) | [`Schedule::default`] |
/// | [`payload`](Self::payload) | [`Payload::invented`](super::Payload::invented) |
/// | all options without a value | off |
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use care_emulators::caremessenger::{Emulator, WebhookEcho};
///
/// let builder = Emulator::builder().credentials("desk", "secret");
/// let emulator = builder.webhook_echo(WebhookEcho::Never).start().await?;
/// assert_eq!(emulator.username(), "desk");
/// assert_eq!(emulator.base_url(), emulator.url());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing runs before `start()`"]
pub struct EmulatorBuilder {
    site: Site,
    pub(super) settings: Unseen<Settings>,
}

impl EmulatorBuilder {
    pub(super) fn new() -> Self {
        let settings = Settings {
            username: USERNAME.to_owned(),
            password: PASSWORD.to_owned(),
            scheme: "Bearer".to_owned(),
            token_form: TokenForm::Jwt,
            token_lifetime: Duration::from_secs(180 * 24 * 3600),
            sign_in_refusal: StatusCode::BAD_REQUEST,
            avatars: true,
            create_status: StatusCode::CREATED,
            webhook_echo: WebhookEcho::WhenAny,
            webhook_ids: true,
            coordinates: CoordinateForm::Text,
            offset: Utc.fix(),
            list_shape: ListShape::Envelope,
            paging: Paging::Number,
            page_size: 100,
            endless_lists: false,
            links: "http://10.0.0.7:8000".to_owned(),
            slash_redirects: false,
            residents: false,
            updates: Updates::None,
            deletes: false,
            absent_list_clears: false,
            empty_list_keeps: false,
            first_provider: 10,
            schedule: Schedule::default(),
            payload: None,
        };
        Self { site: Site::new(""), settings: Unseen(settings) }
    }

    site_methods!();

    /// Starts the emulator. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the address is not a loopback address or the path prefix is malformed; otherwise the system's
    /// error, such as `AddrInUse`.
    pub async fn start(mut self) -> io::Result<Emulator> {
        self.site.check()?;
        self.settings.links.push_str(&self.site.path_prefix);
        let world = World::new(self.settings.0, Clock::start());
        let routes = routes::router(&world, &self.site.path_prefix);
        let problem = |status: StatusCode| ErrorResponse::plain(status).into_response();
        let ground = Ground::start(self.site, world.clock.clone(), routes, problem)?;
        Ok(Emulator { harness: ground, world: Unseen(world) })
    }
}
