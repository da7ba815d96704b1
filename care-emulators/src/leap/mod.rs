//! The LEAP support request API, version 1.
//!
//! Rules, statuses and shapes are those of Majitek, *Requests Web Services API*,
//! <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>. What it leaves out is the emulator's own, and named so in the
//! [crate's documentation](crate#what-is-ours-of-leap); where both ways are likely, the [`EmulatorBuilder`] has a switch.

mod access;
mod ack_spelling;
mod builder;
mod control_error;
mod controller;
mod element;
mod emulator;
mod filter;
mod moment;
mod new_request;
mod order;
mod registry;
mod routes;
mod settings;
mod show;
mod state;
mod support_request;
mod update;
mod world;
mod xml;

pub use ack_spelling::AckSpelling;
pub use builder::{DISPLAY_NAME, EmulatorBuilder, PASSWORD, USERNAME};
pub use control_error::ControlError;
pub use controller::Controller;
pub use emulator::Emulator;
pub use new_request::NewRequest;
pub use state::State;
pub use support_request::SupportRequest;
pub use update::{Update, UpdateType};
