//! The third scene: somebody else is closing it at that very moment. That is no proof that it is closed.

use super::stage::Stage;
use crate::patience::patiently;
use engagement_client::{InterventionId, Proof};
use examples::{Failure, engagement};

/// Gives the id of the intervention.
pub(super) async fn play(stage: &Stage<'_>) -> Result<InterventionId, Failure> {
    stage.teller.title("Third, two who close at the same time");
    let id = stage.room.open_new();
    stage.room.reply(&id)?;
    stage.teller.tell("another agent", format!("opens intervention {id}, and answers it"));

    let (begun, done) = (id.clone(), id.clone());
    // Where one of these can't be done, the close ends otherwise, and the tour says so.
    stage.room.before_next("PUT", "/close", move |room| drop(room.begin_close(&begun)));
    stage.room.after_next("PUT", "/close", move |room| drop(room.finish(&done)));
    stage.teller.tell("client", "closes it, and while that is on its way:");
    stage.teller.tell("another agent", "begins to close it, too");
    let closed = async { Ok(stage.engagement.interventions().close_confirmed(&id).await?) };
    let closed = patiently("the closing", closed).await?;
    if closed.proof != Proof::ReadBack {
        return Err(Failure::failed(format!("the close was known by {:?}", closed.proof)));
    }
    stage.teller.tell("Engagement", "refuses the client: somebody is at it, which doesn't say how that will end");
    stage.teller.tell("another agent", "is done with it");
    stage.teller.tell("client", "has taken the refusal for no proof, and looked:");
    stage.teller.tell("Engagement", engagement::intervention(&closed.intervention));
    Ok(closed.intervention.id)
}
