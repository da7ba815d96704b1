//! The first emergency: responders who carry AURA's device.

use super::{
    emergency::{Emergency, End},
    stage::Stage,
};
use aura_client::{Callout, CalloutStatus};
use care_emulators::aura::Controller;
use examples::Failure;

pub(super) async fn play(stage: &Stage<'_>) -> Result<End, Failure> {
    stage.teller.title("Emergency one: a responder with AURA's device");
    let mut emergency = Emergency::raise(stage).await?;
    emergency.room("phones back, and verifies that help is wanted", Controller::verify)?;
    emergency.until("verified", |callout| callout.verified == Some(true)).await?;
    emergency.say("I am behind the house, the gate is open").await?;
    emergency.hear("Stay where you are, we are sending somebody").await?;
    emergency.walk(&[12.0, 1_000.0, 8.0, 50.0, 15.0]).await?;

    emergency.room("dispatches the nearest responder", Controller::dispatch)?;
    emergency.until("a responder who can be seen coming", is_seen_coming).await?;
    nearer(&mut emergency).await?;
    emergency.room("calls this responder back", Controller::cancel_responder)?;
    emergency.until_status(&CalloutStatus::ResponderCancelled).await?;

    emergency.room("dispatches another one", Controller::dispatch)?;
    emergency.until("another responder who can be seen coming", is_seen_coming).await?;
    nearer(&mut emergency).await?;
    nearer(&mut emergency).await?;
    emergency.room("hears from the responder: arrived", Controller::arrive)?;
    emergency.until_status(&CalloutStatus::ResponderArrived).await?;
    emergency.say("I can see the car, thank you").await?;
    emergency.room("hears from the responder: completed", Controller::complete)?;
    emergency.until_status(&CalloutStatus::ResponderCompleted).await?;
    emergency
        .closes(&[
            CalloutStatus::Created,
            CalloutStatus::ResponderDispatched,
            CalloutStatus::ResponderCancelled,
            CalloutStatus::ResponderDispatched,
            CalloutStatus::ResponderArrived,
            CalloutStatus::ResponderCompleted,
            CalloutStatus::Closed,
        ])
        .await
}

/// There are a responder, a position, a route and a time.
fn is_seen_coming(callout: &Callout) -> bool {
    let position = callout.dispatch().and_then(|dispatch| dispatch.responder()?.position());
    callout.status == CalloutStatus::ResponderDispatched
        && position.is_some()
        && callout.route().is_some()
        && callout.eta().is_some()
}

/// The responder covers half of the way that is left.
async fn nearer(emergency: &mut Emergency<'_>) -> Result<(), Failure> {
    let metres = |callout: &Callout| callout.eta().and_then(|eta| eta.metres);
    let before = emergency.session.summary().and_then(|callout| callout.eta?.metres);
    emergency.room("sees the responder drive on", Controller::move_responder)?;
    emergency.until("a responder who is nearer", |callout| metres(callout) < before).await
}
