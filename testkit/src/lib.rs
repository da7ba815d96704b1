//! What the tests and benches of several crates share. No part of any release; helpers panic where a test can't go on.
//!
//! | need | here |
//! |---|---|
//! | what holds for every documented operation of a service, from a table of one row each | [`contract`] |
//! | a client of an emulator or a script without sockets, for tokio's paused clock | [`SocketlessTransport`] |
//! | a server on loopback whose answers a test sets | [`mock_server`] |
//! | what holds for every store, in levels: values, crashes, several processes | [`store_contract`] |
//! | a store whose saves fail, hang or are slow | [`FaultyStore`] |
//! | secrets and personal data never printed | [`canary`] |
//! | an error that prints each sentence once | [`assert_each_sentence_once`] |
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
mod doubles;
mod error_texts;
pub mod fixtures;
mod isolation;
pub mod json_leaves;
pub mod layers;
pub mod mock_server;
mod socketless;
mod source;
pub mod store_contract;

pub use doubles::{FaultyStore, RecordingObserver, When};
pub use error_texts::assert_each_sentence_once;
use std::time::Duration;

pub use isolation::{Folder, in_own_process};
pub use socketless::{Edit, Reply, Sent, Signal, SocketlessTransport, Step, reply};

/// A duration of whole seconds.
#[must_use]
pub const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Checks of a crate's README.
pub mod front_page {
    use std::fs;

    /// Panics unless the README of the crate in this directory, which is `env!("CARGO_MANIFEST_DIR")`, shows each of
    /// these programs to the letter, as Rust.
    pub fn shows(crate_directory: &str, programs: &[&str]) {
        let page = fs::read_to_string(format!("{crate_directory}/README.md")).unwrap();
        for program in programs {
            assert!(page.contains(&format!("```rust\n{program}```\n")), "not in README.md:\n{program}");
        }
    }
}
