//! AURA: a person calls for help, and somebody comes.

mod by_device;
mod by_hand;
mod dismissed;
mod embedded;
mod emergency;
mod live;
mod stage;
mod tally;

use examples::{Failure, Teller, aura::LiveAura};

/// Tells AURA's part, on the server that the environment names or else on an emulator.
pub(crate) async fn tell(teller: &Teller, live: Option<&LiveAura>) -> Result<(), Failure> {
    match live {
        Some(live) => live::tell(teller, live).await,
        None => embedded::tell(teller).await,
    }
}
