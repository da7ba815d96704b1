//! The third scene: the request is completed although the answer is lost, and nothing moves it any more.

use super::stage::Stage;
use crate::patience::patiently;
use examples::Failure;
use leap_client::{Settled, State};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.teller.title("Third, the end, over a bad line");
    stage.emulator.faults().on("POST", "/updates").drop_after_commit();
    let moved = stage.desk.move_on(State::Successful, "The stairs are bright again, and the step is whole");
    patiently("the request's end", moved).await?;
    stage.teller.tell("network", "had lost the answer: the client has looked, and not posted it again");
    let change = stage.hears("the request's end", |change| change.request().state == State::Successful).await?;
    stage.done(change, Settled::Acknowledged).await?;
    stage.desk.is_refused(State::InProgress).await
}
