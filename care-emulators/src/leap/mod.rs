//! The LEAP support request API, version 1.
//!
//! Rules, statuses and shapes are those of Majitek, *Requests Web Services API*,
//! <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
#![doc = include_str!("contract.md")]

mod controller;
mod emulator;
mod new_request;
mod routes;
mod settings;
mod state;
mod support_request;
mod view;
mod world;
mod xml;

pub use controller::Controller;
pub use emulator::{DISPLAY_NAME, Emulator, EmulatorBuilder, PASSWORD, USERNAME};
pub use new_request::NewRequest;
pub use settings::AckSpelling;
pub use state::{ControlError, State};
pub use support_request::{SupportRequest, Update, UpdateType};
