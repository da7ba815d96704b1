//! Every documented operation as it goes over the wire: what is sent, how the documented answer is read, and what each error
//! means.
//!
//! No answer to a list or a single read is documented, and no error: those are ours, and prove how this crate reads them, not that
//! CareMessenger sends them.

mod answers;
mod failures;
mod foreign;
mod operations;
mod refused;
mod requests;
