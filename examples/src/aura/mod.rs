//! What the programs for AURA share.

mod documented;
mod live;
mod news;
mod registration;

pub use documented::{customer, position, response_type};
pub use live::LiveAura;
pub use news::News;
pub use registration::register;
