//! The scenario's setup: the server and its clients.

use care_emulators::engagement::{Controller, Emulator, NewAgent, SOURCE_ID};
use engagement_client::{Engagement, Observe, Options, ShiftEvent, UserId};
use examples::{Failure, Reporter, engagement};
use std::sync::{Arc, Mutex, PoisonError};

/// A server with customers and agents, and a client that may impersonate an agent.
pub(super) struct Setup<'t> {
    pub(super) reporter: &'t Reporter,
    pub(super) emulator: Emulator,
    pub(super) controller: Controller,
    pub(super) engagement: Engagement,
    pub(super) shifts: Shifts,
    pub(super) kim: UserId,
    pub(super) lou: UserId,
}

impl<'t> Setup<'t> {
    /// Starts the server, with two agents.
    pub(super) async fn start(reporter: &'t Reporter) -> Result<Self, Failure> {
        let emulator = Emulator::start().await?;
        reporter.line(format!("ENGAGEMENT_BASE_URL is not set: using an emulator at {}.", emulator.base_url()));
        reporter.line("It also simulates the customers and the other agents.");
        reporter.line("An intervention is what agents do in one conversation.");
        let (controller, shifts) = (emulator.controller(), Shifts::default());
        let engagement = engagement::client(&emulator).options(Options::new().observer(shifts.clone())).build()?;
        let (kim, lou) = (agent(&controller)?, agent(&controller)?);
        Ok(Self { reporter, emulator, controller, engagement, shifts, kim, lou })
    }
}

/// An agent who reads everything and may reassign their own interventions.
fn agent(controller: &Controller) -> Result<UserId, Failure> {
    let agent = controller.add_agent(NewAgent::new().update_own_intervention());
    controller.allow_read(&agent, SOURCE_ID)?;
    Ok(agent.into())
}

/// Records by how many rows lists have shifted, in order. Clones share the record.
#[derive(Clone, Default)]
pub(super) struct Shifts(Arc<Mutex<Vec<i64>>>);

impl Shifts {
    pub(super) fn heard(&self) -> Vec<i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Observe for Shifts {
    fn shift(&self, event: &ShiftEvent<'_>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(event.moved);
    }
}
