//! The example programs as their users run them: real processes, against emulators.
//!
//! - `tour`, `tour_live`: `cargo run -p examples`, on emulators and on servers that the environment names.
//! - `aura_callout`, `care_webhook`, `engagement_inbox`, `leap_sync`, `newfies_reminder`: what each program prints and
//!   writes, its exit codes, and that a kill at any moment loses and duplicates nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests fail the test")]

mod aura_callout;
mod care_webhook;
mod engagement_inbox;
mod engagement_inbox_errors;
mod leap_sync;
mod newfies_reminder;
mod support;
mod tour;
mod tour_live;
