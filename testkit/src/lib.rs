//! What the tests and benches of the care client crates share: a way into an emulator without sockets, checks that hold a
//! service's fixtures and its catalogue of defects to their rules, and counters of what a call costs. No part of any release.
//!
//! Helpers panic where a test can't go on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

pub mod bench;
pub mod canary;
pub mod defects;
pub mod documented;
pub mod fixtures;
mod folder;
pub mod front_page;
mod in_process;
pub mod leaves;
pub mod mock;
mod source;
mod spy;
mod trouble;

pub use folder::Folder;
pub use in_process::{Edit, InProcess, Reply, Sent, Signal, Step, reply};
pub use spy::Spy;
pub use trouble::{Trouble, When};
