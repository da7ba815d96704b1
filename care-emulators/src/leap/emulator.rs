//! The emulator's handle and its builder.

use super::{
    controller::Controller,
    routes,
    settings::{AckSpelling, Settings},
    world::World,
};
use crate::{
    clock::{Clock, offset},
    handle::{account_methods, bind_address_options, emulator, options},
    harness::Harness,
    listener::BindAddress,
    secrets::Redacted,
};
use axum::response::IntoResponse;
use chrono::{Offset, Utc};
use http::{HeaderName, StatusCode};
use std::io;

/// The default user name of an emulator.
pub const USERNAME: &str = "external-system";

/// The default password of an emulator. It is public: it opens emulators only.
pub const PASSWORD: &str = "emulator-password";

/// The default display name of the external system with these credentials.
pub const DISPLAY_NAME: &str = "External System";

emulator! {
    /// A LEAP server in this process, stopped when dropped.
    ///
    /// Its port, journal, fault plan and clock are those of its [`Harness`]; its [`controller`](Self::controller)
    /// drives customers and agents.
}

impl Emulator {
    /// Returns the base URL of the API, such as `http://127.0.0.1:7002/api/v1/`, with a slash at its end.
    #[doc(alias = "root")]
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}{}/", self.url(), self.path_prefix())
    }

    account_methods!();
}

/// Configures an [`Emulator`].
///
/// | setting | default |
/// |---|---|
/// | [`address`](Self::address) | a free port of 127.0.0.1 |
/// | [`path_prefix`](Self::path_prefix) | `/api/v1` |
/// | [`credentials`](Self::credentials) | HTTP Basic with [`USERNAME`], [`PASSWORD`] |
/// | [`display_name`](Self::display_name) | [`DISPLAY_NAME`] |
/// | [`reference_origin`](Self::reference_origin) | `http://company.leap.example` |
/// | [`request_id`](Self::request_id) | 10000001 |
/// | [`utc_offset`](Self::utc_offset) | 0 |
/// | [`ack_spelling`](Self::ack_spelling) | [`AckSpelling::Both`] |
/// | [`flag_own_writes`](Self::flag_own_writes) | on |
/// | all options without an argument | off |
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use care_emulators::leap::Emulator;
///
/// let builder = Emulator::builder().credentials("crm", "secret").flag_own_writes(false);
/// let emulator = builder.start().await?;
/// assert_eq!(emulator.username(), "crm");
/// assert!(emulator.base_url().ends_with("/api/v1/"));
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
            header_auth: None,
            username: USERNAME.to_owned(),
            password: PASSWORD.to_owned(),
            display_name: DISPLAY_NAME.to_owned(),
            references: "http://company.leap.example".to_owned(),
            first_request: 10_000_001,
            offset: Utc.fix(),
            ack_spelling: AckSpelling::Both,
            plain_http_redirect: false,
            flag_own_writes: true,
            comments_apart: false,
            acknowledge_partially: false,
            acknowledge_touches: false,
            list_by_own_flag: false,
            newest_first: false,
        };
        Self { bind_address: BindAddress::new("/api/v1"), settings: Redacted(settings) }
    }

    bind_address_options!();

    options! {
        /// The user name and password accepted by HTTP Basic. The vendor names no scheme.
        pub fn credentials(username: impl Into<String>, password: impl Into<String>) {
            username = username.into();
            password = password.into();
            header_auth = None
        }

        /// Accepts a header with this value instead of a user name and password.
        pub fn header_auth(name: HeaderName, value: impl Into<String>) { header_auth = Some((name, value.into())) }

        /// The display name of the external system: the updater of everything written through the API.
        pub fn display_name(name: impl Into<String>) { display_name = name.into() }

        /// The scheme and host at the start of addresses in responses (`ref`), before the path prefix.
        ///
        /// They don't lead to the emulator, as the vendor's, which start with `http`, don't lead to its API.
        pub fn reference_origin(origin: impl Into<String>) { references = origin.into() }

        /// The identifier of the first request. Each later request has the next number.
        pub fn request_id(first: u64) { first_request = first }

        /// Writes times in responses with an offset of this many hours, limited to 23 in either direction.
        pub fn utc_offset(hours: i32) { offset = offset(hours) }

        /// Which spelling of an acknowledgement's flag the server knows.
        pub fn ack_spelling(spelling: AckSpelling) { ack_spelling = spelling }

        /// Answers every request with 302 and the same address under https, as a server without plain http does.
        pub fn plain_http_redirect() { plain_http_redirect = true }

        /// Whether comments and status changes made through the API must be acknowledged, like those of customers and
        /// agents.
        pub fn flag_own_writes(flag: bool) { flag_own_writes = flag }

        /// Splits a status change with a comment into two updates. Without it one update has both.
        pub fn comments_apart() { comments_apart = true }

        /// Acknowledges the existing requests of an acknowledgement in which one doesn't exist, which gets 404. Without
        /// it, none is acknowledged then.
        pub fn acknowledge_partially() { acknowledge_partially = true }

        /// Counts an acknowledgement as an update of the request: its time of last update changes.
        pub fn acknowledge_touches() { acknowledge_touches = true }

        /// Lists a request without a flag of its own as acknowledged, whatever flags its updates have.
        pub fn list_by_own_flag() { list_by_own_flag = true }

        /// Lists the most recently updated request first. Without it lists are in the order of raising.
        pub fn newest_first() { newest_first = true }
    }

    /// Starts the emulator. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the address is not a loopback address or the prefix has another form; otherwise the system's
    /// error, such as `AddrInUse`.
    pub async fn start(mut self) -> io::Result<Emulator> {
        self.bind_address.check()?;
        self.settings.references.push_str(&self.bind_address.path_prefix);
        let world = World::new(self.settings.0, Clock::start());
        let routes = routes::router(&world, &self.bind_address.path_prefix);
        let problem = |status: StatusCode| status.into_response();
        let harness =
            Harness::start(self.bind_address, world.clock.clone(), routes, problem, "LEAP", routes::control::acts())?;
        Ok(Emulator { harness, world: Redacted(world) })
    }
}
