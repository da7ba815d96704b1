//! What users of the core may rely on: a module for each promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod auth;
mod canary;
mod connections;
mod keyed_log;
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

use care_testkit::layers::Layers;

/// The top-level modules from the lowest layer to the highest.
const ORDER: &[&[&str]] = &[
    // Plain values.
    &["defects", "wire", "error", "operation", "request", "response", "endpoint"],
    // What calls are sent with, watched by and kept in.
    &["gate", "transport", "observe", "auth", "keyed_log"],
    &["attempts"],
    &["pipeline", "call"],
    &["paging", "workflow"],
];

#[test]
fn arrows_point_down_and_form_no_circle() {
    let layers = Layers::of(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    layers.assert_circles_at_most(0);
    layers.assert_order(ORDER);
    layers.assert_no_imports_through_the_root();
}
