//! The third emergency: the person dismisses it, and help goes on until a controller knows better.

use super::{
    emergency::{Emergency, End},
    stage::Stage,
};
use aura_client::CalloutStatus;
use care_emulators::aura::Controller;
use examples::Failure;

pub(super) async fn play(stage: &Stage<'_>) -> Result<End, Failure> {
    stage.teller.title("Emergency three: the person dismisses it, perhaps because somebody forces them to");
    let mut emergency = Emergency::raise(stage).await?;
    emergency.room("phones back, and verifies that help is wanted", Controller::verify)?;
    emergency.until("verified", |callout| callout.verified == Some(true)).await?;
    emergency.room("dispatches the nearest responder", Controller::dispatch)?;
    emergency.until_status(&CalloutStatus::ResponderDispatched).await?;

    stage.teller.tell("person", "presses cancel");
    emergency.dismiss().await?;
    let id = emergency.session.id().get();
    if !emergency.session.state().is_dismissed() || !stage.emulator.controller().dismissed(id)? {
        return Err(Failure::failed("the dismissal was lost"));
    }
    stage.teller.tell("client", "has dismissed the callout: the app hides it, and polling and positions go on unseen");
    emergency.walk(&[11.0, 14.0]).await?;
    emergency.hear("You have cancelled. Is everything all right?").await?;
    emergency.say("Yes, it was a false alarm").await?;
    emergency.room("phones to be sure, and calls the responder back", Controller::cancel_responder)?;
    emergency.until_status(&CalloutStatus::ResponderCancelled).await?;
    emergency
        .closes(&[
            CalloutStatus::Created,
            CalloutStatus::ResponderDispatched,
            CalloutStatus::ResponderCancelled,
            CalloutStatus::Closed,
        ])
        .await
}
