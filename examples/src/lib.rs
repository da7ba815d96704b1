//! What the example programs share.
//!
//! `cargo run -p examples` is the tour. `--bin aura_callout` raises and follows one callout, `--bin leap_sync` follows the changes
//! of support requests, `--bin engagement_inbox` lists and exports interventions, `--bin newfies_reminder` schedules a reminder
//! and waits for its result. All play against emulators in their own process, unless the environment names a server: see
//! [`aura::LiveAura`], [`leap::LiveLeap`], [`engagement::LiveEngagement`] and [`newfies::LiveNewfies`].

pub mod aura;
pub mod engagement;
pub mod leap;
pub mod newfies;

mod failure;
mod interruption;
mod place;
mod plain;
mod teller;
mod variables;

pub use failure::Failure;
pub use interruption::interruption;
pub use plain::plain;
pub use teller::Teller;
pub use variables::watch_time;

/// The programs of the repository's README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
