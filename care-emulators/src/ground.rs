//! What every emulator stands on.

use std::fmt;
use std::io;

use axum::Router;
use axum::response::Response;
use http::StatusCode;

use crate::clock::Clock;
use crate::exchange::Exchange;
use crate::faults::Faults;
use crate::gate::Gate;
use crate::journal::Journal;
use crate::plan::Plan;
use crate::server::Server;
use crate::site::Site;

/// What every emulator has: a port, a journal, a fault plan and a clock. Each emulator dereferences to its own.
pub struct Ground {
    server: Server,
    exchange: Exchange,
    routes: Router,
    faults: Faults,
    clock: Clock,
    path_prefix: String,
}

impl fmt::Debug for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ground").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl Ground {
    /// Serves `routes` at a site that was checked, until the value is dropped. `problem` words an error that only the fault plan wants.
    pub(crate) fn start(
        site: Site,
        clock: Clock,
        routes: Router,
        problem: fn(StatusCode) -> Response,
    ) -> io::Result<Self> {
        let (journal, plan, gate) = (Journal::default(), Plan::default(), Gate::new(site.address)?);
        let exchange = Exchange { journal, plan: plan.clone(), problem };
        let faults = Faults::new(plan, gate.clone());
        let server = Server::start(gate, exchange.clone(), routes.clone());
        Ok(Self { server, exchange, routes, faults, clock, path_prefix: site.path_prefix })
    }

    /// Where it listens, such as `http://127.0.0.1:7001`: neither the path's prefix nor a slash follow.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// What stands before every path of the API.
    #[must_use]
    pub fn path_prefix(&self) -> &str {
        &self.path_prefix
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
        self.clock.clone()
    }
}
