//! The AURA emergency-response API ("panic" API), version 1.
//!
//! Rules, statuses and shapes are those of AURA, *Integration Guidelines*, v1.01, 15 April 2020,
//! <https://docs.aura.services/integration-guidelines.html>. The token endpoint and error statuses, which the guide
//! leaves out, follow AURA's other documents.
#![doc = include_str!("contract.md")]

mod accounts;
mod callout;
mod controller;
mod emulator;
mod error_response;
mod flow;
mod incident;
mod location;
mod record;
mod request_bodies;
mod request_context;
mod responder;
mod routes;
mod seed_data;
mod status;
mod world;

pub use controller::Controller;
pub use emulator::{CLIENT_ID, CLIENT_SECRET, Emulator, EmulatorBuilder};
pub use request_bodies::Fix;
pub use status::{ControlError, Status};
