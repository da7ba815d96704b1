//! The first scene: a request is delivered, linked, taken on and acknowledged.

use super::stage::Stage;
use examples::Failure;
use leap_client::{Change, Mapping, Settled, State};

/// The name that the request has in the company's own system.
const TICKET: &str = "MAX-56789";

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let change = stage.hears("the new request", Change::is_new).await?;
    for expected in [Mapping::Mapped, Mapping::AlreadyMapped] {
        let mapping = stage.desk.leap.requests().ensure_external_id(stage.desk.id.clone(), TICKET).await?;
        if mapping != expected {
            return Err(Failure::failed(format!("linking the request to {TICKET} ended with {mapping:?}")));
        }
    }
    stage.teller.tell("client", format!("links it to {TICKET} of its own system; a second time nothing is written"));
    stage.desk.move_on(State::InProgress, "We are on our way").await?;
    // The client's own writing has changed the request, and the client that wrote is not the only one who could have.
    stage.done(change, Settled::ChangedSince).await?;
    let change = stage.hears("what the client wrote", |change| change.is_late() && change.updates().len() == 1).await?;
    stage.done(change, Settled::Acknowledged).await
}
