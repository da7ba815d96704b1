//! The second emergency: a company that the control room calls by hand.

use super::{
    emergency::{Emergency, End},
    stage::Stage,
};
use aura_client::{CalloutStatus, Dispatch, Supplier};
use care_emulators::aura::Controller;
use examples::Failure;

pub(super) async fn play(stage: &Stage<'_>) -> Result<End, Failure> {
    stage.teller.title("Emergency two: no device is near, so a company is called by hand");
    let mut emergency = Emergency::raise(stage).await?;
    emergency.walk(&[9.0]).await?;
    emergency.room("phones back, and verifies that help is wanted", Controller::verify)?;
    emergency.until("verified", |callout| callout.verified == Some(true)).await?;

    emergency.room("telephones with a company, and dispatches it by hand", Controller::dispatch_by_hand)?;
    let by_hand =
        |dispatch: Dispatch<'_>| dispatch.is_manual() && dispatch.supplier().and_then(Supplier::name).is_some();
    emergency
        .until("a company without a vehicle", |callout| {
            callout.dispatch().is_some_and(by_hand) && callout.eta().is_none() && callout.route().is_none()
        })
        .await?;
    emergency.room("hears by telephone: arrived", Controller::arrive)?;
    emergency.until_status(&CalloutStatus::ResponderArrived).await?;
    emergency.room("hears by telephone: completed", Controller::complete)?;
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
