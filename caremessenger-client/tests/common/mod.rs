//! What the tests share: a client of an emulator without sockets, so that tokio's paused clock serves and no test waits in real
//! time; and receivers whose sink goes wrong.
#![allow(dead_code, unused_imports, reason = "each test binary uses a part of it")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod hooks;
mod scene;

pub(crate) use self::{hooks::*, scene::*};
pub(crate) use care_emulators::caremessenger::{Controller, Emulator, NewProvider, Target as There};
pub(crate) use care_testkit::{FaultyStore, Folder, Signal, SocketlessTransport, Step, When, secs};
