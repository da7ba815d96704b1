//! The emulator and its builder.

use crate::{
    caremessenger::{
        account::{PASSWORD, USERNAME},
        controller::Controller,
        delivery::{payload::Payload, schedule::Schedule},
        error_response::ErrorResponse,
        provider::AssistanceRequest,
        routes,
        settings::{CoordinateForm, ListShape, Paging, Settings, TokenForm, Updates, WebhookEcho},
        world::World,
    },
    clock::{Clock, offset},
    handle::{account_methods, bind_address_options, emulator, options},
    harness::Harness,
    listener::BindAddress,
    secrets::Redacted,
};
use axum::response::IntoResponse;
use chrono::{Offset, Utc};
use http::StatusCode;
use std::{io, sync::Arc, time::Duration};

emulator! {
    /// A CareMessenger server in this process. Dropping it stops it. It dereferences to its
    /// [`Harness`](crate::Harness): the port, journal, fault plan and clock. Its [`controller`](Self::controller) acts
    /// as residents and administrators.
}

impl Emulator {
    /// The base URL before `/v2/…` and `/api-token-auth/`, such as `http://127.0.0.1:7004`, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}{}", self.url(), self.path_prefix())
    }

    account_methods!();

    /// Issues a token of the account, with the lifetime of those from a sign-in.
    #[must_use]
    pub fn token(&self) -> String {
        let now = self.world.now();
        self.world.state().tokens.issue(&self.world.settings, now)
    }
}

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
/// | [`failed_sign_in_status`](Self::failed_sign_in_status) | 400 |
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
    bind_address: BindAddress,
    pub(super) settings: Redacted<Settings>,
}

impl EmulatorBuilder {
    pub(super) fn new() -> Self {
        let settings = Settings {
            username: USERNAME.to_owned(),
            password: PASSWORD.to_owned(),
            scheme: "Bearer".to_owned(),
            token_form: TokenForm::Jwt,
            token_lifetime: Duration::from_secs(180 * 24 * 3600),
            failed_sign_in_status: StatusCode::BAD_REQUEST,
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
        Self { bind_address: BindAddress::new(""), settings: Redacted(settings) }
    }

    bind_address_options!();

    options! {
        /// The user name and password of the administrator's account.
        pub fn credentials(username: impl Into<String>, password: impl Into<String>) {
            username = username.into();
            password = password.into()
        }

        /// The scheme in the header `Authorization`. `Bearer` is documented; older servers of this kind used `JWT`.
        pub fn auth_scheme(scheme: impl Into<String>) { scheme = scheme.into() }

        /// The form of tokens.
        pub fn token_form(form: TokenForm) { token_form = form }

        /// The lifetime of tokens, by the emulator's clock. The documented sample is valid for 180 days.
        pub fn token_lifetime(lifetime: Duration) { token_lifetime = lifetime }

        /// The status for a wrong user name or password, which isn't documented.
        pub fn failed_sign_in_status(status: StatusCode) { failed_sign_in_status = status }

        /// Sends null for the account's avatars.
        pub fn without_avatars() { avatars = false }

        /// The status of a successful create, which isn't documented.
        pub fn create_status(status: StatusCode) { create_status = status }

        /// The identifier of the first provider. Later ones count up from it.
        pub fn provider_id(first: u64) { first_provider = first }

        /// When responses include webhooks.
        pub fn webhook_echo(echo: WebhookEcho) { webhook_echo = echo }

        /// Omits the `id` of webhooks.
        pub fn webhooks_without_id() { webhook_ids = false }

        /// The form of coordinates in responses.
        pub fn coordinates(form: CoordinateForm) { coordinates = form }

        /// Writes times in responses with an offset of this many hours instead of `Z`; between -23 and 23.
        pub fn utc_offset(hours: i32) { offset = offset(hours) }

        /// The shape of lists.
        pub fn list_shape(shape: ListShape) { list_shape = shape }

        /// The paging parameters of lists.
        pub fn paging(paging: Paging) { paging = paging }

        /// The largest number of items on a page; at least one.
        pub fn page_size(items: usize) { page_size = items.max(1) }

        /// Makes the last page of a list link to itself as the next one.
        pub fn endless_lists() { endless_lists = true }

        /// Scheme and host of the links in responses, before the path prefix.
        ///
        /// By default they don't lead to the emulator: the vendor's links, with plain `http` and a private address,
        /// don't lead to its API either.
        pub fn link_origin(origin: impl Into<String>) { links = origin.into() }

        /// Redirects (301) a path with a missing or extra slash to the right one, which loses a POST. By default such a
        /// path gets 404.
        pub fn slash_redirects() { slash_redirects = true }

        /// Accepts providers of residents, which the vendor's page calls not yet implemented. By default they get 400.
        pub fn takes_residents() { residents = true }

        /// The methods that update providers, which aren't documented.
        pub fn updates(updates: Updates) { updates = updates }

        /// Accepts `DELETE` of a provider, with 204. It isn't documented; by default it gets 405.
        pub fn deletes() { deletes = true }

        /// Makes a `PUT` without a list of notifiers remove them. By default they stay.
        pub fn absent_list_clears() { absent_list_clears = true }

        /// Makes an update with an empty list of notifiers keep them. By default they are removed.
        pub fn empty_list_keeps() { empty_list_keeps = true }

        /// The schedule of deliveries to webhooks.
        pub fn schedule(schedule: Schedule) { schedule = schedule }

        /// The body that is posted to webhooks, which isn't documented.
        pub fn payload(of: impl Fn(&AssistanceRequest) -> Payload + Send + Sync + 'static) {
            payload = Some(Arc::new(of))
        }
    }

    /// Starts the emulator. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the address is not a loopback address or the path prefix is malformed; otherwise the system's
    /// error, such as `AddrInUse`.
    pub async fn start(mut self) -> io::Result<Emulator> {
        self.bind_address.check()?;
        self.settings.links.push_str(&self.bind_address.path_prefix);
        let world = World::new(self.settings.0, Clock::start());
        let routes = routes::router(&world, &self.bind_address.path_prefix);
        let problem = |status: StatusCode| ErrorResponse::plain(status).into_response();
        let harness = Harness::start(
            self.bind_address,
            world.clock.clone(),
            routes,
            problem,
            "CareMessenger",
            routes::control::acts(),
        )?;
        Ok(Emulator { harness, world: Redacted(world) })
    }
}
