//! The promises of this crate, one module each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't continue fails")]

mod canary;
mod documented;
mod documents;
mod end_to_end;
mod every_operation;
mod lists;
mod mock_server;
mod reminder;
mod reminder_refused;
mod rights;
mod series;
mod shapes;
mod support;
mod wait;
