//! What a user of aura-client may rely on, a module for each promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test that can't go on fails")]

mod answers;
mod canary;
mod classify;
mod credentials;
#[cfg(target_os = "linux")]
mod crowd;
mod defects;
mod documented;
mod end_to_end;
mod fixtures;
mod following;
mod front_page;
mod gaps;
mod gate;
mod json_leaves;
mod leniency;
mod mock_server;
mod odd_keys;
mod operations;
mod paths;
mod patience;
mod refused;
mod report;
mod session;
mod session_kill;
mod session_saved;
mod session_store;
mod shapes;
mod support;
mod tokens;
mod watch;
