//! Where the story is played.

use super::shifts::Shifts;
use care_emulators::engagement::{Controller, Emulator, NewAgent, SOURCE_ID};
use engagement_client::{Engagement, Options, UserId};
use examples::{Failure, Teller, engagement};

/// A server with its customers and agents, and a client of it that may act as an agent.
pub(super) struct Stage<'t> {
    pub(super) teller: &'t Teller,
    pub(super) emulator: Emulator,
    pub(super) room: Controller,
    pub(super) engagement: Engagement,
    pub(super) shifts: Shifts,
    pub(super) kim: UserId,
    pub(super) lou: UserId,
}

impl<'t> Stage<'t> {
    /// Starts the server, with two agents.
    pub(super) async fn set(teller: &'t Teller) -> Result<Self, Failure> {
        let emulator = Emulator::start().await?;
        teller.say(format!(
            "No ENGAGEMENT_BASE_URL is set, so an emulator plays Engagement's server, at {}.",
            emulator.base_url()
        ));
        teller.say(
            "It plays the customers and the other agents too. An intervention is what agents do in one conversation.",
        );
        let (room, shifts) = (emulator.controller(), Shifts::default());
        let engagement = engagement::client(&emulator).options(Options::new().observer(shifts.clone())).build()?;
        let (kim, lou) = (agent(&room)?, agent(&room)?);
        Ok(Self { teller, emulator, room, engagement, shifts, kim, lou })
    }
}

/// An agent who reads all that comes in, and may hand over what is their own.
fn agent(room: &Controller) -> Result<UserId, Failure> {
    let agent = room.add_agent(NewAgent::new().update_own_intervention());
    room.allow_read(&agent, SOURCE_ID)?;
    Ok(agent.into())
}
