//! What the programs for CareMessenger share.

mod live;
mod made_up;
mod news;
mod notifiers;
mod play;

pub use live::LiveCareMessenger;
pub use made_up::made_up_secret;
pub use news::{call, lint, provider};
pub use notifiers::Notifiers;
pub use play::client;
