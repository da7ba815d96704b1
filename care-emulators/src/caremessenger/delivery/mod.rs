//! Delivery of requests for assistance to webhooks.
//!
//! `dispatch` starts one delivery for each webhook of a request. A delivery (`job`) posts the `payload` to the
//! `destination`, over a socket or to an in-process receiver (`handler`), and repeats the POST by its `schedule` until
//! 200 or 201 acknowledges it. `faults` are planned failures between sender and receiver; the `transcript` has every
//! attempt.

pub(super) mod destination;
pub(super) mod dispatch;
pub(super) mod faults;
pub(super) mod handler;
pub(super) mod job;
pub(super) mod payload;
pub(super) mod schedule;
pub(super) mod standalone;
pub(super) mod transcript;
