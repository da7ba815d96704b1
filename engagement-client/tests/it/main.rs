//! The promises of engagement-client, one module each.
//!
//! - `operations`, `documented`, `answers`, `error_bodies`, `input`, `json_leaves`, `documents`: requests and answers
//!   are as documented.
//! - `close_confirmed`, `cancel_confirmed`, `close_or_cancel`, `categories`, `create`: results report what the service
//!   did.
//! - `moving_list`, `updated_since`, `moving_changes`: no row and no change is lost while the list changes.
//! - `credentials`, `impersonation`, `permissions`, `rate_limit`, `canary`: who acts, with which permissions, and what
//!   is never shown.
//! - `public_api`, `front_page`, `end_to_end`: the crate as programs use it, also over real sockets that break.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests fail the test")]

mod answers;
mod canary;
mod cancel_confirmed;
mod categories;
mod close_confirmed;
mod close_or_cancel;
mod create;
mod credentials;
mod documented;
mod documents;
mod end_to_end;
mod error_bodies;
mod families;
mod front_page;
mod impersonation;
mod input;
mod json_leaves;
mod mock_server;
mod moving_changes;
mod moving_list;
mod operations;
mod permissions;
mod public_api;
mod rate_limit;
mod support;
mod updated_since;
