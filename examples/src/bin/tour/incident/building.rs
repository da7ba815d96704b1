//! LEAP: the building's desk is informed, through the open request of its night watch.

use crate::{checks::with_timeout, incident::Callout};
use care_emulators::leap::{Emulator, NewRequest};
use examples::{Failure, Reporter, leap};
use leap_client::{Leap, Mapping, RequestId, RequestKey, State, StateChange};

pub(super) struct Building {
    emulator: Emulator,
    leap: Leap,
    id: RequestId,
}

impl Building {
    /// Opens the night watch's request and asks to open the door.
    pub(super) async fn run(reporter: &Reporter, callout: &Callout) -> Result<Self, Failure> {
        let emulator = Emulator::start().await?;
        let leap = leap::client(&emulator)?;
        let watch = NewRequest::topic("Security").summary("The night watch of Acacia Avenue");
        let id = RequestId::from(emulator.controller().raise(watch)?);
        let building = Self { emulator, leap, id };

        let (id, callout) = (&building.id, callout.id());
        let mapping = building.leap.requests().ensure_external_id(id.clone(), format!("callout-{callout}")).await?;
        if mapping != Mapping::Mapped {
            return Err(Failure::failed(format!("linking the request to the callout ended with {mapping:?}")));
        }
        building.move_on(State::InProgress, "A responder is coming to a resident: open the door").await?;
        reporter.step(
            "client",
            format!(
                "links request {id} of the building's desk in LEAP to callout {callout} and comments: open the door"
            ),
        );
        Ok(building)
    }

    pub(super) async fn hears_the_end(&self, reporter: &Reporter) -> Result<(), Failure> {
        self.move_on(State::Successful, "The responder has left: lock the door").await?;
        reporter.step("client", format!("moves request {} to SUCCESSFUL and comments: lock the door", self.id));
        Ok(())
    }

    async fn move_on(&self, to: State, comment: &str) -> Result<(), Failure> {
        let key = RequestKey::Id(self.id.clone());
        let moved =
            async { Ok(self.leap.requests().change_state_checked(key, to.clone()).with_comment(comment).await?) };
        match with_timeout("the building's request", moved).await? {
            StateChange::Changed => Ok(()),
            other => Err(Failure::failed(format!("moving the building's request to {to} ended with {other:?}"))),
        }
    }

    /// The number of links between requests and callouts.
    pub(super) fn made(&self) -> usize {
        self.emulator.journal().count("POST", "/extid")
    }
}
