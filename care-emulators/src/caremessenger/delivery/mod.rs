//! Delivery of requests for assistance to webhooks.

pub(super) mod destination;
pub(super) mod dispatch;
pub(super) mod faults;
pub(super) mod handler;
pub(super) mod job;
pub(super) mod payload;
pub(super) mod schedule;
pub(super) mod standalone;
pub(super) mod transcript;
