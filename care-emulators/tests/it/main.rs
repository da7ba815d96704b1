//! The emulators, by raw HTTP: no client stands between a test and what an emulator sends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod aura;
mod caremessenger;
mod engagement;
mod faults;
mod journal;
mod leap;
mod newfies;
mod standalone;
mod support;
