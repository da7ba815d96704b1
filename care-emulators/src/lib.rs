#![doc = include_str!("../README.md")]
//!
//! # Where to look
//!
//! - The emulators: [`aura`], [`leap`], [`engagement`], [`caremessenger`], [`newfies`]. Each has an `Emulator`, its
//!   `EmulatorBuilder` with all options, and its `Controller`.
//! - What all of them share: [`Harness`], [`Faults`], [`Journal`], [`Clock`].

pub mod aura;
pub mod caremessenger;
pub mod engagement;
pub mod leap;
pub mod newfies;

mod bind_address;
mod bodies;
mod clock;
mod exchange;
mod fault;
mod faults;
mod faulty_stream;
mod handle;
mod harness;
mod hooks;
mod journal;
mod listener;
mod lock;
mod options;
mod secrets;
mod server;
mod truncate;

// The former names of shared modules, until all five services use the new ones.
mod control {
    pub(crate) use crate::bodies::ControlRefusal as NotDone;
}
mod form {
    pub(crate) use crate::bodies::form_pairs as pairs;
}
mod ground {
    pub(crate) use crate::harness::Harness as Ground;
}
mod media_type {
    pub(crate) use crate::bodies::has_media_type as is_called;
}
mod site {
    pub(crate) use crate::bind_address::{BindAddress as Site, nest as below};
}
mod unseen {
    pub(crate) use crate::secrets::Redacted as Unseen;
}

pub use clock::Clock;
pub use fault::FaultStatus;
pub use faults::Faults;
pub use harness::Harness;
pub use journal::{Journal, Recorded};
