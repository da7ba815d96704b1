#![doc = include_str!("../README.md")]
//!
//! # Where to look
//!
//! - The emulators: [`aura`], [`leap`], [`engagement`], [`caremessenger`], [`newfies`]. Each has an `Emulator`, its
//!   `EmulatorBuilder` with all options, and its `Controller`.
//! - What all of them share: [`Harness`], [`Faults`], [`Journal`], [`Clock`].
//! - How a long-running program is asked to stop: [`stop_signal`].

pub mod aura;
pub mod caremessenger;
pub mod engagement;
pub mod leap;
pub mod newfies;

mod bodies;
mod clock;
mod control;
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
mod secrets;
mod server;
mod stop_signal;

pub use clock::Clock;
pub use fault::FaultStatus;
pub use faults::Faults;
pub use harness::Harness;
pub use journal::{Journal, Recorded};
pub use stop_signal::stop_signal;
