//! Every operation as it goes over the wire: what is sent, how the documented answer is read, and what each error means.
//!
//! Eight operations are documented with an example. The answers of the other forty are ours, in the shapes of the server's
//! source.

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
#[path = "documented/rows.rs"]
mod rows;
