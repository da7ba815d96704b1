//! What the tests of behaviour share: a client of an emulator without sockets, so that tokio's paused clock serves and no test
//! waits in real time; answers that go astray; and worlds in which other agents act between two requests.
#![allow(dead_code, unused_imports, reason = "each test binary uses a part of it")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod astray;
mod scene;
mod world;

pub(crate) use self::{astray::*, scene::*, world::*};
pub(crate) use care_emulators::engagement::{AGENT_ID, Controller, Emulator, NewAgent, NewContent, SOURCE_ID};
pub(crate) use care_testkit::{Sent, SocketlessTransport, Step, reply, secs};
