//! Engagement: customers write, and agents work on what they want.

mod answered;
mod at_the_same_time;
mod embedded;
mod growing_list;
mod live;
mod shifts;
mod stage;
mod unanswered;

use examples::{Failure, Teller, engagement::LiveEngagement};

/// Tells Engagement's part, on the server that the environment names or else on an emulator.
pub(crate) async fn tell(teller: &Teller, live: Option<&LiveEngagement>) -> Result<(), Failure> {
    match live {
        Some(live) => live::tell(teller, live).await,
        None => embedded::tell(teller).await,
    }
}
