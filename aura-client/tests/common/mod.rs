//! What the tests of the workflows share: clients of an emulator without sockets, so that tokio's paused clock serves and no
//! test waits in real time; and stores that fail, hang or are killed.
#![allow(dead_code, reason = "each test binary uses a part of it")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]
#![allow(unused_imports, reason = "each test binary uses a part of it")]

mod scene;
mod troubled;
mod world;

pub(crate) use self::{scene::*, troubled::*, world::*};
pub(crate) use care_testkit::{FaultyStore, Folder, Signal, SocketlessTransport, Step, When, secs};
