//! What the programs for Newfies share.

mod live;
mod news;
mod play;

pub use live::{LiveNewfies, TestCall};
pub use news::{calendar, ended, made, preflight};
pub use play::client;
