//! What the programs for AURA share.

mod documented;
mod live;
mod updates;

pub use self::{
    documented::{customer, position, register, response_type},
    live::{AuraVariables, LiveAura},
    updates::{UpdateReporter, status_of},
};
