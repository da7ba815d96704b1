//! CareMessenger: residents call for help by their televisions, and no call may get lost.

mod acknowledgement_lost;
mod away;
mod embedded;
mod hook;
mod live;
mod registered;
mod stage;

pub(crate) use hook::{Hook, settled};

use examples::{Failure, Teller, caremessenger::LiveCareMessenger};

/// Tells CareMessenger's part, on the server that the environment names or else on an emulator.
pub(crate) async fn tell(teller: &Teller, live: Option<&LiveCareMessenger>) -> Result<(), Failure> {
    match live {
        Some(live) => live::tell(teller, live).await,
        None => embedded::tell(teller).await,
    }
}
