//! What the programs for LEAP share.

mod live;
mod news;
mod play;

pub use live::LiveLeap;
pub use news::{news, request};
pub use play::client;
