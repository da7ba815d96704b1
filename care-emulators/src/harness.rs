//! The server, journal, fault plan and clock that every emulator has.

use crate::{
    clock::Clock,
    control::{Control, act::Act},
    exchange::Exchange,
    fault::Plan,
    faults::Faults,
    journal::Journal,
    listener::{BindAddress, Listener},
    server::Server,
};
use axum::{Router, response::Response};
use http::StatusCode;
use std::{fmt, io};

/// Nests `routes` under `prefix`, which has been checked.
pub(crate) fn nest<S: Clone + Send + Sync + 'static>(prefix: &str, routes: Router<S>) -> Router<S> {
    if prefix.is_empty() { routes } else { Router::new().nest(prefix, routes) }
}

/// The parts that every emulator has: a port, a journal, a fault plan and a clock. Each `Emulator` dereferences to its
/// harness.
pub struct Harness {
    server: Server,
    exchange: Exchange,
    routes: Router,
    faults: Faults,
    clock: Clock,
    path_prefix: String,
}

impl fmt::Debug for Harness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Harness").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl Harness {
    /// Serves `routes` at an address that has been checked, until the value is dropped. `problem` writes a planned
    /// error in the form of the service; `acts` are what the control of `service` offers beside the common acts.
    pub(crate) fn start(
        address: BindAddress,
        clock: Clock,
        routes: Router,
        problem: fn(StatusCode) -> Response,
        service: &'static str,
        acts: Vec<Act>,
    ) -> io::Result<Self> {
        let (journal, plan, listener) = (Journal::default(), Plan::default(), Listener::new(address.socket)?);
        let faults = Faults::new(plan.clone(), listener.clone());
        let control = Control::new(service, acts, faults.clone(), journal.clone(), clock.clone());
        let exchange = Exchange { journal, plan, control, problem };
        let server = Server::start(listener, exchange.clone(), routes.clone());
        Ok(Self { server, exchange, routes, faults, clock, path_prefix: address.path_prefix })
    }

    /// Returns the origin that it listens on, such as `http://127.0.0.1:7001`, without the path prefix and without a
    /// final slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Returns the prefix of every path of the API.
    #[must_use]
    pub fn path_prefix(&self) -> &str {
        &self.path_prefix
    }

    /// Returns the same server without sockets, for tests that pause tokio's clock. Both share the state, journal and
    /// fault plan.
    ///
    /// Failures that drop, reset or garble a connection need a socket: they stay in the plan until a request through a
    /// socket takes them.
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

    /// Returns how many TCP connections it has accepted so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.server.accepted()
    }

    /// Returns how many TCP connections are open now.
    #[must_use]
    pub fn open_connections(&self) -> usize {
        self.server.open()
    }

    /// Returns the journal of the requests it has received.
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.exchange.journal.clone()
    }

    /// Returns the fault plan.
    pub fn faults(&self) -> Faults {
        self.faults.clone()
    }

    /// Returns the clock.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }
}
