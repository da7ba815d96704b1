//! Every documented operation as it goes over the wire: what is sent, how the documented answer is read, and what each error
//! means.
//!
//! No answer to a list or a single read is documented, and no error: those are ours, and prove how this crate reads them, not that
//! CareMessenger sends them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

#[path = "documented/answers.rs"]
mod answers;
#[path = "documented/failures.rs"]
mod failures;
mod mocked;
#[path = "documented/operations.rs"]
mod operations;
#[path = "documented/refused.rs"]
mod refused;
#[path = "documented/requests.rs"]
mod requests;
#[path = "documented/strangers.rs"]
mod strangers;
