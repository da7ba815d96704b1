//! The AURA emergency-response API ("panic" API), version 1.
//!
//! Rules, statuses and shapes are those of AURA, *Integration Guidelines*, v1.01, 15 April 2020,
//! <https://docs.aura.services/integration-guidelines.html>. Token endpoint and error statuses, which it leaves out, follow AURA's neighbouring
//! documents; what no document has is the emulator's own, and named so in the [crate's documentation](crate#what-is-ours-of-aura).

mod accounts;
mod autoplay;
mod builder;
mod callout;
mod case;
mod cast;
mod control_error;
mod controller;
mod emulator;
mod estimate;
mod event;
mod flow;
mod ids;
mod incident;
mod moment;
mod place;
mod reach;
mod refusal;
mod request;
mod responder;
mod routes;
mod status;
mod token;
mod world;

pub use builder::{CLIENT_ID, CLIENT_SECRET, EmulatorBuilder};
pub use control_error::ControlError;
pub use controller::Controller;
pub use emulator::Emulator;
pub use place::Fix;
pub use status::Status;
