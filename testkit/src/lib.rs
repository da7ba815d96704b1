//! What the tests and benches of the care client crates share: a way into an emulator without sockets, checks that hold a
//! service's fixtures and its catalogue of defects to their rules, and counters of what a call costs. No part of any release.
//!
//! Helpers panic where a test can't go on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

pub mod bench;
pub mod canary;
pub mod defects;
pub mod documented;
mod faulty_store;
pub mod fixtures;
mod folder;
pub mod front_page;
pub mod json_leaves;
pub mod mock_server;
mod recording_observer;
mod socketless;
mod source;

pub use faulty_store::{FaultyStore, When};
pub use folder::Folder;
pub use recording_observer::RecordingObserver;
pub use socketless::{Edit, Reply, Sent, Signal, SocketlessTransport, Step, reply};

/// A duration of whole seconds.
#[must_use]
pub const fn secs(seconds: u64) -> std::time::Duration {
    std::time::Duration::from_secs(seconds)
}
