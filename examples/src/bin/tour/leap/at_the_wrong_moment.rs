//! The second scene: a change that comes between a reading and its acknowledgement, and is not lost.

use super::stage::Stage;
use examples::Failure;
use leap_client::Settled;

const UNSEEN: &str = "Take care, a step is broken";

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.teller.title("Second, a change at the wrong moment");
    stage.customer_says("It is the stairs at the back")?;
    let change = stage.hears("a comment", |change| !change.is_late() && change.updates().len() == 1).await?;

    let id = stage.desk.id.to_string();
    stage.portal.before_next("POST", "/requests/acked", move |portal| {
        // Where it isn't said, the next change isn't late, and the tour says so.
        let _ = portal.comment(&id, "Robin Example", UNSEEN);
    });
    stage.teller.tell("client", "acknowledges that, and while the acknowledgement is on its way:");
    stage.teller.tell("customer", format!("says: {UNSEEN}"));
    stage.done(change, Settled::ChangedSince).await?;
    if !stage.shows_nothing()? {
        return Err(Failure::failed("the acknowledgement came before the comment"));
    }
    stage.teller.tell("LEAP", "has acknowledged both, and shows nothing of the second one any more");
    let change = stage.hears("the comment that was acknowledged unseen", |change| change.is_late()).await?;
    let heard = change.updates().iter().filter_map(|update| update.comment.as_ref()).any(|text| **text == UNSEEN);
    if !heard {
        return Err(Failure::failed("the comment was lost"));
    }
    stage.teller.tell("client", "reads it all the same");
    stage.done(change, Settled::Acknowledged).await
}
