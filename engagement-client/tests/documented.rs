//! Every documented operation as it goes over the wire: what is sent, how the answer is read, and what each error means.
//!
//! The page of the operations prints no body, and no error but four statuses: bodies are ours, and prove how this crate reads
//! them, not that the service sends them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

#[path = "documented/answers.rs"]
mod answers;
#[path = "documented/failures.rs"]
mod failures;
#[path = "documented/faults.rs"]
mod faults;
#[path = "documented/hints.rs"]
mod hints;
#[path = "documented/impersonation.rs"]
mod impersonation;
mod mocked;
#[path = "documented/operations.rs"]
mod operations;
#[path = "documented/refused.rs"]
mod refused;
#[path = "documented/requests.rs"]
mod requests;
#[path = "documented/strangers.rs"]
mod strangers;
