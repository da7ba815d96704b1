//! The scenario's setup: the server and its clients.

use crate::{checks::with_timeout, leap::helpdesk::Helpdesk};
use care_emulators::leap::{Controller, Emulator, NewRequest};
use examples::{Failure, Reporter, leap};
use leap_client::{Change, Settled};
use std::time::Duration;

/// The polling interval. A program keeps the default of 30 s.
const INTERVAL: Duration = Duration::from_millis(100);

/// A server with customers and agents, and the helpdesk of a company that uses it.
pub(super) struct Setup<'t> {
    pub(super) reporter: &'t Reporter,
    pub(super) emulator: Emulator,
    pub(super) controller: Controller,
    pub(super) helpdesk: Helpdesk<'t>,
}

impl<'t> Setup<'t> {
    /// Starts the server, and lets a customer raise a request.
    pub(super) async fn start(reporter: &'t Reporter) -> Result<Self, Failure> {
        let emulator = Emulator::start().await?;
        reporter.line(format!("LEAP_BASE_URL is not set: using an emulator at {}.", emulator.url()));
        reporter.line("It also simulates the customer. `feed` is what the client receives.");
        let (leap, controller) = (leap::client(&emulator)?, emulator.controller());

        reporter.title("First, a request is handled");
        let id = controller.raise(NewRequest::topic("Lighting").summary("The stairs are dark"))?;
        reporter.step("customer", format!("raises request {id}"));
        Ok(Self { reporter, emulator, controller, helpdesk: Helpdesk::new(reporter, leap, id.into(), INTERVAL) })
    }

    /// The customer comments, in the vendor's portal.
    pub(super) fn customer_says(&self, text: &str) -> Result<(), Failure> {
        self.reporter.step("customer", format!("comments: {text}"));
        Ok(self.controller.comment(self.helpdesk.id.as_str(), "Robin Example", text)?)
    }

    /// The next change, which must satisfy the condition.
    pub(super) async fn hears(&mut self, what: &str, is_it: impl Fn(&Change) -> bool) -> Result<Change, Failure> {
        let change = with_timeout(what, self.helpdesk.next()).await?;
        if is_it(&change) {
            Ok(change)
        } else {
            Err(Failure::failed(format!("another change arrived instead of {what}")))
        }
    }

    /// Acknowledges a change, which must end as expected.
    pub(super) async fn done(&self, change: Change, expected: Settled) -> Result<(), Failure> {
        let settled = with_timeout("the acknowledgement", self.helpdesk.done(change)).await?;
        let other = || Err(Failure::failed(format!("the change was {settled} instead of {expected}")));
        if settled == expected { Ok(()) } else { other() }
    }

    /// Whether LEAP itself shows the request as acknowledged.
    pub(super) fn shows_nothing(&self) -> Result<bool, Failure> {
        let request = self.controller.request(self.helpdesk.id.as_str())?;
        Ok(request.unacked_since.is_none() && request.updates.iter().all(|update| update.unacked_since.is_none()))
    }
}
