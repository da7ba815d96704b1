//! One binary, a module per promise. All of it needs every feature: `cargo test -p care-stores --all-features`.
#![cfg(all(feature = "sqlite", feature = "aura", feature = "leap", feature = "webhook"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod contract;
mod forgetting;
mod import;
mod sqlite;
mod support;
