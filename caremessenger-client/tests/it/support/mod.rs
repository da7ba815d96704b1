//! What the tests share: a client of an emulator without sockets, so that tokio's paused clock serves and no test waits in real time;
//! a server whose answers a test sets; and receivers whose sink fails.

pub(crate) mod mock_server;
mod receivers;
mod scene;

pub(crate) use self::{receivers::*, scene::*};
pub(crate) use care_emulators::caremessenger::{Controller, Emulator, NewProvider, Target as There};
pub(crate) use care_testkit::{FaultyStore, Folder, SocketlessTransport, Step, secs};
