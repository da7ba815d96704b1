//! Each helper finds what it is there to find, and passes what is sound.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test that can't go on fails")]

mod checks;
mod contract;
mod doubles;
mod printing;
