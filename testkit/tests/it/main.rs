//! Each helper finds what it is there to find, and passes what is sound.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test that can't go on fails")]

mod canary;
mod checks;
mod contract;
mod faulty_store;
mod socketless;
mod traced;
