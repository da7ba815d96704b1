//! What a user of `caremessenger-client` may rely on, a module for each promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests fail by panicking")]

mod canary;
mod delivery;
mod documented;
mod documents;
mod end_to_end;
mod ensure;
mod front_page;
mod lists;
mod shapes;
mod sign_in;
mod support;
mod undocumented;
mod webhook;
