//! How requests for assistance reach a webhook.

mod attempt;
mod delivery_faults;
mod destination;
mod dispatch;
mod fault;
mod handler;
mod job;
mod one;
mod outcome;
mod payload;
mod schedule;
mod time;
mod transcript;
mod wire;

pub(super) use dispatch::{Dispatch, Due};
pub(super) use handler::Handler;

pub use attempt::Attempt;
pub use delivery_faults::DeliveryFaults;
pub use one::Delivery;
pub use outcome::{End, Outcome};
pub use payload::Payload;
pub use schedule::{OtherStatus, Schedule, WindowStart};
pub use transcript::Transcript;
