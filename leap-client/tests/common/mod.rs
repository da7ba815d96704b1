//! What the tests of the workflows share: a client of an emulator without sockets, so that tokio's paused clock serves and no
//! test waits in real time; and a store that fails, hangs or is killed.
#![allow(dead_code, unused_imports, reason = "each test binary uses a part of it")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod scene;
mod seen;
mod troubled;

pub(crate) use self::{scene::*, seen::*, troubled::*};
pub(crate) use care_emulators::leap::{Controller, Emulator, NewRequest, State as There};
pub(crate) use care_testkit::{FaultyStore, Folder, Signal, SocketlessTransport, Step, When, secs};
