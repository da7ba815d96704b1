//! What a user of `care-webhook` may rely on, a module for each promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests fail by panicking")]

mod failures;
mod journal;
mod journal_files;
mod kill;
mod receiver;
#[cfg(feature = "axum")]
mod router;
mod serve;
mod support;
