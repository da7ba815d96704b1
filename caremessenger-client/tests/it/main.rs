//! What a user of `caremessenger-client` may rely on, a module for each promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests fail by panicking")]

mod canary;
mod defects;
mod delivery;
mod documented;
mod end_to_end;
mod ensure;
mod fixtures;
mod front_page;
mod json_leaves;
mod lists;
mod shapes;
mod sign_in;
mod support;
mod undocumented;
mod webhook;
mod words;
