//! What the example programs share.
//!
//! `cargo run -p examples` is the tour. `--bin aura_callout` raises and follows one callout, `--bin leap_sync` follows the changes
//! of support requests, `--bin engagement_inbox` lists and exports interventions, `--bin care_webhook` receives calls for help,
//! `--bin newfies_reminder` schedules a reminder and waits for its result. All play against emulators in their own process, unless
//! the environment names a server: see [`aura::LiveAura`], [`leap::LiveLeap`], [`engagement::LiveEngagement`],
//! [`caremessenger::LiveCareMessenger`] and [`newfies::LiveNewfies`]; and, for who is called, [`caremessenger::Notifiers`].

pub mod aura;
pub mod caremessenger;
pub mod engagement;
pub mod leap;
pub mod newfies;

mod counted;
mod failure;
mod interruption;
mod place;
mod plain;
mod stop;
mod teller;
mod told;
mod variables;

pub use failure::Failure;
pub use interruption::{INTERRUPTED, interruption};
pub use plain::plain;
pub use stop::Stop;
pub use teller::Teller;
pub use told::told;
pub use variables::watch_time;

/// The programs of the repository's README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
