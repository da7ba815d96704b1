//! LEAP: a customer asks for something, and a company's own system deals with it.

mod at_the_wrong_moment;
mod completed;
mod dealt_with;
mod desk;
mod embedded;
mod live;
mod stage;

use examples::{Failure, Teller, leap::LiveLeap};

/// Tells LEAP's part, on the server that the environment names or else on an emulator.
pub(crate) async fn tell(teller: &Teller, live: Option<&LiveLeap>) -> Result<(), Failure> {
    match live {
        Some(live) => live::tell(teller, live).await,
        None => embedded::tell(teller).await,
    }
}
