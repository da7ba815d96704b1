//! What the tests of the workflows share: a client of an emulator without sockets, so that tokio's paused clock serves and no
//! test waits in real time.
#![allow(dead_code, unused_imports, reason = "each test binary uses a part of it")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod scene;

pub(crate) use self::scene::*;
pub(crate) use care_emulators::newfies::{Controller, Emulator, Generation, NewUser};
pub(crate) use care_testkit::{SocketlessTransport, Step, secs};
