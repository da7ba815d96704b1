//! What the example programs share.
//!
//! `cargo run -p examples` is the tour. `--bin aura_callout` raises and follows one callout, `--bin leap_sync` follows the changes
//! of support requests. All play against emulators in their own process, unless the environment names a server: see
//! [`aura::LiveAura`] and [`leap::LiveLeap`].

pub mod aura;
pub mod leap;

mod failure;
mod interruption;
mod teller;
mod variables;

pub use failure::Failure;
pub use interruption::interruption;
pub use teller::Teller;
pub use variables::watch_time;

/// The programs of the repository's README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
