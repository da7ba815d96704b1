//! What the programs for Engagement share.

mod live;
mod news;
mod play;

pub use live::LiveEngagement;
pub use news::{intervention, state};
pub use play::client;
