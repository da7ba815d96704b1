//! The second scene: an intervention that nobody answered can't be closed, only cancelled.

use super::stage::Stage;
use crate::patience::patiently;
use care_emulators::engagement::ControlError;
use engagement_client::{CloseOutcome, Proof};
use examples::Failure;

pub(super) async fn play(stage: &Stage<'_>) -> Result<(), Failure> {
    stage.teller.title("Second, one that nobody answered");
    let id = stage.room.open_new();
    stage.teller.tell("another agent", format!("opens intervention {id}, and writes nothing: it was an advertisement"));
    stage
        .teller
        .tell("client", "ends it in the way that its replies allow: without any it can't be closed, only cancelled");
    let ended = async { Ok(stage.engagement.interventions().close_or_cancel(&id).await?) };
    match patiently("the cancelling", ended).await? {
        CloseOutcome::Cancelled(cancelled) if cancelled.proof == Proof::Answered => {}
        other => return Err(Failure::failed(format!("it ended with {other:?}"))),
    }
    match stage.room.intervention(&id) {
        Err(ControlError::UnknownIntervention { .. }) => {
            stage.teller.tell("Engagement", "has it no more: a cancel destroys it");
            Ok(())
        }
        _ => Err(Failure::failed("the intervention that was cancelled is still there")),
    }
}
