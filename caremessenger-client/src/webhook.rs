//! Receives requests for help, and never drops one.

pub use care_webhook::*;
