//! What the tests and benches of several crates share. No part of any release; helpers panic where a test can't go on.
//!
//! | need | here |
//! |---|---|
//! | what holds for every documented operation of a service, from a table of one row each | [`contract`] |
//! | a client of an emulator or a script without sockets, for tokio's paused clock | [`SocketlessTransport`] |
//! | a server on loopback whose answers a test sets | [`mock_server`] |
//! | a store whose saves fail, hang or are slow | [`FaultyStore`] |
//! | secrets and personal data never printed | [`canary`] |
//! | fixtures without persons | [`fixtures`] |
//! | a catalogue of defects that is whole | [`defects`] |
//! | a README that shows tested programs | [`front_page`] |
//! | decoding that loses no documented value | [`json_leaves`] |
//! | what a call costs | [`bench`](mod@bench) |

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

pub mod bench;
pub mod canary;
pub mod contract;
pub mod defects;
pub mod documented;
mod faulty_store;
pub mod fixtures;
mod folder;
pub mod front_page;
pub mod json_leaves;
pub mod layers;
pub mod mock_server;
mod own_process;
mod recording_observer;
mod socketless;
mod source;

pub use faulty_store::{FaultyStore, When};
use std::time::Duration;

pub use folder::Folder;
pub use own_process::in_own_process;
pub use recording_observer::RecordingObserver;
pub use socketless::{Edit, Reply, Sent, Signal, SocketlessTransport, Step, reply};

/// A duration of whole seconds.
#[must_use]
pub const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
