//! The emulator's handle.

use std::fmt;
use std::io;
use std::sync::Arc;

use axum::Router;

use super::accounts::Holder;
use super::builder::EmulatorBuilder;
use super::controller::{ACTIONS, Controller};
use super::world::World;
use crate::clock::Clock;
use crate::exchange::Exchange;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::server::Server;

/// An AURA server in this process. It stops when it is dropped.
pub struct Emulator {
    pub(super) server: Server,
    pub(super) exchange: Exchange,
    pub(super) routes: Router,
    pub(super) faults: Faults,
    pub(super) world: Arc<World>,
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl Emulator {
    /// The actions of the control room that `POST /_emulator/callouts/{id}/{action}` knows; each does what the method of
    /// [`Controller`] with this name does, with underscores for its hyphens.
    pub const ACTIONS: [&str; ACTIONS.len()] = {
        let mut names = [""; ACTIONS.len()];
        let mut n = 0;
        while n < names.len() {
            names[n] = ACTIONS[n].0;
            n += 1;
        }
        names
    };

    /// Starts one with the defaults of [`EmulatorBuilder`], on a free port of 127.0.0.1. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// The system gives no port.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A builder, to start one that differs from the defaults.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::new()
    }

    /// Where it listens, such as `http://127.0.0.1:7001`: neither the path's prefix nor a slash follow.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// What stands before every path of the API.
    #[must_use]
    pub fn path_prefix(&self) -> &str {
        &self.world.settings.path_prefix
    }

    /// The client id that it accepts.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.world.settings.client_id
    }

    /// The client secret that it accepts.
    #[must_use]
    pub fn client_secret(&self) -> &str {
        &self.world.settings.client_secret
    }

    /// Issues a user token for `email`, as a log-in does; who isn't registered yet is registered with a password that nobody knows.
    #[must_use]
    pub fn issue_user_token(&self, email: &str) -> String {
        let holder = Holder::User(email.into());
        {
            let mut state = self.world.state();
            // An empty password is refused wherever one is asked for. Who is registered already stays as they are.
            let _ = state.accounts.register(email, "", self.world.clock.now());
        }
        self.world.issue(&holder).text
    }

    /// Issues a server token, as `POST /oauth/token` does.
    #[must_use]
    pub fn issue_server_token(&self) -> String {
        self.world.issue(&Holder::Server).text
    }

    /// Refuses all tokens that were issued until now, with 401.
    pub fn revoke_tokens(&self) {
        self.world.state().accounts.revoke_all();
    }

    /// The same server without sockets, for tests that pause tokio's clock. Requests to it share the state, journal and fault plan with those by the socket.
    ///
    /// Only a socket can be dropped, reset or garbled: such failures stay in the plan until a request by the socket takes them.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use axum::body::Body;
    /// use http::{Request, StatusCode, header};
    /// use tower::ServiceExt;
    ///
    /// let emulator = care_emulators::aura::Emulator::start().await?;
    /// let request = Request::get("/panic-api/callout-classifications")
    ///     .header(header::AUTHORIZATION, format!("Bearer {}", emulator.issue_server_token()))
    ///     .body(Body::empty())?;
    /// let answer = emulator.router().oneshot(request).await?;
    /// assert_eq!(answer.status(), StatusCode::OK);
    /// assert_eq!(emulator.connections(), 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn router(&self) -> Router {
        self.exchange.clone().in_process(self.routes.clone())
    }

    /// How many TCP connections it has accepted so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.server.accepted()
    }

    /// How many TCP connections are open now.
    #[must_use]
    pub fn open_connections(&self) -> usize {
        self.server.open()
    }

    /// What it was asked.
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.exchange.journal.clone()
    }

    /// What is to go wrong.
    pub fn faults(&self) -> Faults {
        self.faults.clone()
    }

    /// The time that it lives in.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.world.clock.clone()
    }

    /// Its control room.
    #[must_use]
    pub fn controller(&self) -> Controller {
        Controller::new(self.world.clone())
    }
}
