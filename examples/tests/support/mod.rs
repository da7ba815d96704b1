//! Real processes: the examples, and an emulator for them.

#![allow(dead_code, unused_imports, reason = "no test uses all of it")]

mod emulator;
mod program;
mod server;

pub(crate) use emulator::Emulator;
pub(crate) use program::{Program, example};
pub(crate) use server::Server;
