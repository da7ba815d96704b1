//! How an emulator is set up.

use std::io;

use axum::response::IntoResponse;
use chrono::{Offset, Utc};
use http::{HeaderName, StatusCode};

use super::access::Access;
use super::ack_spelling::AckSpelling;
use super::emulator::Emulator;
use super::routes;
use super::settings::Settings;
use super::world::World;
use crate::clock::{Clock, offset};
use crate::ground::Ground;
use crate::handle::site_methods;
use crate::site::Site;
use crate::unseen::Unseen;

/// The user name that an emulator accepts unless told otherwise.
pub const USERNAME: &str = "external-system";

/// The password that an emulator accepts unless told otherwise. It is no secret: it opens emulators only.
pub const PASSWORD: &str = "emulator-password";

/// The display name of the external system that has these credentials, unless told otherwise.
pub const DISPLAY_NAME: &str = "External System";

/// Sets up an [`Emulator`].
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
/// | all switches without a value | off |
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use care_emulators::leap::Emulator;
///
/// let emulator = Emulator::builder().credentials("crm", "secret").flag_own_writes(false).start().await?;
/// assert_eq!(emulator.username(), "crm");
/// assert!(emulator.root().ends_with("/api/v1/"));
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
            access: Access::basic(USERNAME, PASSWORD),
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
        Self { site: Site::new("/api/v1"), settings: Unseen(settings) }
    }

    site_methods!();

    /// The user name and password that are accepted by HTTP Basic. The vendor names no scheme.
    pub fn credentials(mut self, username: impl Into<String>, password: impl Into<String>) -> Self {
        (self.settings.username, self.settings.password) = (username.into(), password.into());
        self.settings.access = Access::basic(&self.settings.username, &self.settings.password);
        self
    }

    /// Accepts a header with this value, in place of a user name and password.
    pub fn header_auth(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.settings.access = Access::Header(name, value.into());
        self
    }

    /// The display name of the external system: the updater of what is written through the API.
    pub fn display_name(mut self, name: impl Into<String>) -> Self {
        self.settings.display_name = name.into();
        self
    }

    /// What the addresses in answers (`ref`) begin with, before the path's prefix: scheme and host.
    ///
    /// They don't lead to the emulator, as the vendor's, which begin with `http`, don't lead to its API.
    pub fn reference_origin(mut self, origin: impl Into<String>) -> Self {
        self.settings.references = origin.into();
        self
    }

    /// The identifier of the first request. Each one that follows has the next number.
    pub fn request_id(mut self, first: u64) -> Self {
        self.settings.first_request = first;
        self
    }

    /// Writes times in answers with an offset of this many hours, at most 23 to either side.
    pub fn utc_offset(mut self, hours: i32) -> Self {
        self.settings.offset = offset(hours);
        self
    }

    /// Which spelling of an acknowledgement's flag it knows.
    pub fn ack_spelling(mut self, spelling: AckSpelling) -> Self {
        self.settings.ack_spelling = spelling;
        self
    }

    /// Answers every request with 302 and the same address under https, as a server does that has no plain http.
    pub fn plain_http_redirect(mut self) -> Self {
        self.settings.plain_http_redirect = true;
        self
    }

    /// Whether comments and status changes that came through the API wait for an acknowledgement, as those of customers and agents do.
    pub fn flag_own_writes(mut self, flag: bool) -> Self {
        self.settings.flag_own_writes = flag;
        self
    }

    /// Makes two updates of a status change with a comment, one for each. Else the status change has the comment.
    pub fn comments_apart(mut self) -> Self {
        self.settings.comments_apart = true;
        self
    }

    /// Acknowledges those that exist, of several, when it answers that one doesn't. Else it acknowledges none then.
    pub fn acknowledge_partially(mut self) -> Self {
        self.settings.acknowledge_partially = true;
        self
    }

    /// Takes an acknowledgement as an update of the request: its time of last update moves.
    pub fn acknowledge_touches(mut self) -> Self {
        self.settings.acknowledge_touches = true;
        self
    }

    /// Takes a request without a flag of its own as acknowledged in lists, whatever flags its updates have.
    pub fn list_by_own_flag(mut self) -> Self {
        self.settings.list_by_own_flag = true;
        self
    }

    /// Lists the request that was updated last before all others. Else lists are in the order of raising.
    pub fn newest_first(mut self) -> Self {
        self.settings.newest_first = true;
        self
    }

    /// Starts the emulator. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the address is not of the loopback or the prefix not of the form above; else what the system says, such as
    /// `AddrInUse`.
    pub async fn start(mut self) -> io::Result<Emulator> {
        self.site.check()?;
        self.settings.references.push_str(&self.site.path_prefix);
        let world = World::new(self.settings.0, Clock::start());
        let routes = routes::router(&world, &self.site.path_prefix);
        let problem = |status: StatusCode| status.into_response();
        let ground = Ground::start(self.site, world.clock.clone(), routes, problem)?;
        Ok(Emulator { harness: ground, world: Unseen(world) })
    }
}
