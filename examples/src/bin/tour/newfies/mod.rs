//! Newfies: a doctor's surgery lets patients be called before their visits.

mod called;
mod embedded;
mod live;
mod scheduled;
mod stage;

use examples::{Failure, Teller, newfies::LiveNewfies};

/// Tells Newfies' part, on the server that the environment names or else on an emulator.
pub(crate) async fn tell(teller: &Teller, live: Option<&LiveNewfies>) -> Result<(), Failure> {
    match live {
        Some(live) => live::tell(teller, live).await,
        None => embedded::tell(teller).await,
    }
}
