//! Where the story is played.

use super::desk::Desk;
use crate::patience::patiently;
use care_emulators::leap::{Controller, Emulator, NewRequest};
use examples::{Failure, Teller, leap};
use leap_client::{Change, Settled};
use std::time::Duration;

/// The time between two looks of the feed. A program leaves it at 30 s.
const INTERVAL: Duration = Duration::from_millis(100);

/// A server with its customers and agents, and the desk of a company that uses it.
pub(super) struct Stage<'t> {
    pub(super) teller: &'t Teller,
    pub(super) emulator: Emulator,
    pub(super) portal: Controller,
    pub(super) desk: Desk<'t>,
}

impl<'t> Stage<'t> {
    /// Starts the server, and lets a customer raise a request.
    pub(super) async fn set(teller: &'t Teller) -> Result<Self, Failure> {
        let emulator = Emulator::start().await?;
        teller.say(format!("No LEAP_BASE_URL is set, so an emulator plays LEAP's server, at {}.", emulator.url()));
        teller.say("It plays the customer too. `feed` is what the client hears of the request.");
        let (leap, portal) = (leap::client(&emulator)?, emulator.controller());

        teller.title("First, a request that is dealt with");
        let id = portal.raise(NewRequest::topic("Lighting").summary("The stairs are dark"))?;
        teller.tell("customer", format!("raises request {id}"));
        Ok(Self { teller, emulator, portal, desk: Desk::new(teller, leap, id.into(), INTERVAL) })
    }

    /// The customer says something, in the vendor's portal.
    pub(super) fn customer_says(&self, text: &str) -> Result<(), Failure> {
        self.teller.tell("customer", format!("says: {text}"));
        Ok(self.portal.comment(self.desk.id.as_str(), "Robin Example", text)?)
    }

    /// The next change, which must be as described.
    pub(super) async fn hears(&mut self, what: &str, is_it: impl Fn(&Change) -> bool) -> Result<Change, Failure> {
        let change = patiently(what, self.desk.next()).await?;
        if is_it(&change) { Ok(change) } else { Err(Failure::failed(format!("another change came instead of {what}"))) }
    }

    /// Says that a change was dealt with, which must end as expected.
    pub(super) async fn done(&self, change: Change, expected: Settled) -> Result<(), Failure> {
        let settled = patiently("the acknowledgement", self.desk.done(change)).await?;
        let other = || Err(Failure::failed(format!("the change was {settled} instead of {expected}")));
        if settled == expected { Ok(()) } else { other() }
    }

    /// Whether LEAP itself shows nothing of the request that waits to be acknowledged.
    pub(super) fn shows_nothing(&self) -> Result<bool, Failure> {
        let request = self.portal.request(self.desk.id.as_str())?;
        Ok(request.unacked_since.is_none() && request.updates.iter().all(|update| update.unacked_since.is_none()))
    }
}
