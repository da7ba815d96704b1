//! What a user of aura-client may rely on, a module for each promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test that can't go on fails")]

mod canary;
mod classify;
mod credentials;
mod documented;
mod documents;
mod end_to_end;
mod following;
mod front_page;
mod gaps;
mod leniency;
mod many_watchers;
mod mock_server;
mod operations;
mod paths;
mod refused;
mod report;
mod session;
mod session_kill;
mod session_store;
mod shapes;
mod support;
mod watch;
