//! Shared by the example programs.
//!
//! | program | what it does |
//! |---|---|
//! | `cargo run -p examples` | the tour: all services, then one incident that passes through them |
//! | `--bin aura_callout` | raises one callout and follows it |
//! | `--bin leap_sync` | follows the changes of support requests |
//! | `--bin engagement_inbox` | lists and exports interventions |
//! | `--bin care_webhook` | receives calls for help |
//! | `--bin newfies_reminder` | schedules a reminder and waits for its result |
//!
//! All run against emulators in their own process, unless the [environment] names a server: see [`aura::LiveAura`],
//! [`leap::LiveLeap`], [`engagement::LiveEngagement`], [`caremessenger::LiveCareMessenger`] and
//! [`newfies::LiveNewfies`]; and [`caremessenger::Notifiers`] for the receiver.

pub mod aura;
pub mod caremessenger;
pub mod engagement;
pub mod environment;
pub mod leap;
pub mod newfies;

mod failure;
mod reporter;
mod stop;

pub use self::{
    failure::Failure,
    reporter::{Reporter, is_unsafe_to_show, run_with_reporter, sanitize},
    stop::{INTERRUPTED, Stop, interruption},
};

/// The programs in the repository's README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
