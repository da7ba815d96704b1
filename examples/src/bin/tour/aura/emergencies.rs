//! Three emergencies: a responder with AURA's device, a company that is called by phone, and a call that the person
//! dismisses.

use crate::aura::emergency::{Emergency, End, Setup};
use aura_client::{Callout, CalloutStatus, Dispatch, Supplier};
use care_emulators::aura::Controller;
use examples::Failure;

pub(super) async fn with_device(setup: &Setup<'_>) -> Result<End, Failure> {
    setup.reporter.title("Emergency one: a responder with AURA's device");
    let mut emergency = Emergency::raise(setup).await?;
    emergency.control_room("phones back and verifies the call", Controller::verify)?;
    emergency.until("verified", |callout| callout.verified == Some(true)).await?;
    emergency.comment("I am behind the house, the gate is open").await?;
    emergency.receive_message("Stay where you are, we are sending somebody").await?;
    emergency.walk(&[12.0, 1_000.0, 8.0, 50.0, 15.0]).await?;

    emergency.control_room("dispatches the nearest responder", Controller::dispatch)?;
    emergency.until("a responder with a position", has_position_and_route).await?;
    nearer(&mut emergency).await?;
    emergency.control_room("cancels this responder", Controller::cancel_responder)?;
    emergency.until_status(&CalloutStatus::ResponderCancelled).await?;

    emergency.control_room("dispatches another one", Controller::dispatch)?;
    emergency.until("another responder with a position", has_position_and_route).await?;
    nearer(&mut emergency).await?;
    nearer(&mut emergency).await?;
    emergency.control_room("hears from the responder: arrived", Controller::arrive)?;
    emergency.until_status(&CalloutStatus::ResponderArrived).await?;
    emergency.comment("I can see the car, thank you").await?;
    emergency.control_room("hears from the responder: completed", Controller::complete)?;
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

/// Whether there are a responder, a position, a route and an ETA.
fn has_position_and_route(callout: &Callout) -> bool {
    let position = callout.dispatch().and_then(|dispatch| dispatch.responder()?.position());
    callout.status == CalloutStatus::ResponderDispatched
        && position.is_some()
        && callout.route().is_some()
        && callout.eta().is_some()
}

/// The responder covers half of the remaining distance.
async fn nearer(emergency: &mut Emergency<'_>) -> Result<(), Failure> {
    let metres = |callout: &Callout| callout.eta().and_then(|eta| eta.metres);
    let before = emergency.session.summary().and_then(|callout| callout.eta?.metres);
    emergency.control_room("sees the responder move on", Controller::move_responder)?;
    emergency.until("a responder who is nearer", |callout| metres(callout) < before).await
}

pub(super) async fn by_hand(setup: &Setup<'_>) -> Result<End, Failure> {
    setup.reporter.title("Emergency two: no device is near, so a company is called by phone");
    let mut emergency = Emergency::raise(setup).await?;
    emergency.walk(&[9.0]).await?;
    emergency.control_room("phones back and verifies the call", Controller::verify)?;
    emergency.until("verified", |callout| callout.verified == Some(true)).await?;

    emergency.control_room("phones a company and dispatches it by hand", Controller::dispatch_by_hand)?;
    let by_hand =
        |dispatch: Dispatch<'_>| dispatch.is_manual() && dispatch.supplier().and_then(Supplier::name).is_some();
    emergency
        .until("a company without a vehicle", |callout| {
            callout.dispatch().is_some_and(by_hand) && callout.eta().is_none() && callout.route().is_none()
        })
        .await?;
    emergency.control_room("hears by phone: arrived", Controller::arrive)?;
    emergency.until_status(&CalloutStatus::ResponderArrived).await?;
    emergency.control_room("hears by phone: completed", Controller::complete)?;
    emergency.until_status(&CalloutStatus::ResponderCompleted).await?;
    emergency
        .closes(&[
            CalloutStatus::Created,
            CalloutStatus::ResponderDispatched,
            CalloutStatus::ResponderArrived,
            CalloutStatus::ResponderCompleted,
            CalloutStatus::Closed,
        ])
        .await
}

pub(super) async fn dismissed(setup: &Setup<'_>) -> Result<End, Failure> {
    setup.reporter.title("Emergency three: the person dismisses it, perhaps under duress");
    let mut emergency = Emergency::raise(setup).await?;
    emergency.control_room("phones back and verifies the call", Controller::verify)?;
    emergency.until("verified", |callout| callout.verified == Some(true)).await?;
    emergency.control_room("dispatches the nearest responder", Controller::dispatch)?;
    emergency.until_status(&CalloutStatus::ResponderDispatched).await?;

    setup.reporter.step("person", "presses cancel");
    emergency.dismiss().await?;
    let id = emergency.session.id().get();
    if !emergency.session.state().is_dismissed() || !setup.emulator.controller().dismissed(id)? {
        return Err(Failure::failed("the dismissal was lost"));
    }
    setup.reporter.step("client", "dismisses the callout: the app hides it, but polling and positions continue");
    emergency.walk(&[11.0, 14.0]).await?;
    emergency.receive_message("You have cancelled. Is everything all right?").await?;
    emergency.comment("Yes, it was a false alarm").await?;
    emergency.control_room("phones to be sure and cancels the responder", Controller::cancel_responder)?;
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
