//! What users of the core may rely on: a module for each promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod auth;
mod canary;
mod keyed_log;
mod layers;
mod observe;
mod origin;
mod outcome;
mod paging;
mod requests;
mod retry;
mod support;
mod time_limits;
mod tls;
mod token_store;
#[cfg(feature = "tracing")]
mod tracing;
