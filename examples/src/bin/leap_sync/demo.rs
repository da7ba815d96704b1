use care_emulators::leap::{ControlError, Controller, NewRequest, State};
use std::time::Duration;
use tokio::time::sleep;

/// The time between two acts.
const STEP: Duration = Duration::from_millis(600);

/// Lets the customers and the agents of an emulator do something over a few seconds.
pub(crate) async fn play(portal: Controller) -> Result<(), ControlError> {
    let (agent, customer) = ("Kim Example", "Robin Example");
    let stairs = portal.raise(NewRequest::topic("Lighting").summary("The stairs are dark"))?;
    sleep(STEP).await;
    portal.assign(&stairs, agent)?;
    let spot = portal.raise(NewRequest::topic("Parking").summary("Somebody stands on my spot"))?;
    sleep(STEP).await;
    portal.comment(&stairs, customer, "It is the stairs at the back")?;
    sleep(STEP).await;
    portal.change_state(&spot, State::Problem, agent, "The car has no number plate")?;
    sleep(STEP).await;
    portal.change_state(&stairs, State::Successful, agent, "They are bright again")?;
    sleep(STEP).await;
    portal.change_state(&spot, State::Cancelled, agent, "The car has gone")
}
