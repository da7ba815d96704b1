//! Every documented operation as it goes over the wire: what is sent, how the documented answer is read, and what each usual
//! error means.
//!
//! The guide documents answers only to `GET /callouts/{calloutId}`, and no error. Where it is silent the answer is one of
//! ours, from `fixtures/ours`: it proves how this crate reads such an answer, not that AURA sends it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

#[path = "documented/answers.rs"]
mod answers;
#[path = "documented/failures.rs"]
mod failures;
#[path = "documented/operations.rs"]
mod operations;
#[path = "documented/refused.rs"]
mod refused;
#[path = "documented/requests.rs"]
mod requests;
mod support;
