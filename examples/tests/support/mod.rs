//! Real processes: the examples, and an emulator for them.

#![allow(dead_code, unused_imports, reason = "no test uses all of it")]

mod care_webhook;
mod directory;
mod emulator;
mod inbox;
mod leap_sync;
mod program;
mod reminders;
mod server;

pub(crate) use care_webhook::{CareWebhook, SECRET};
pub(crate) use directory::directory;
pub(crate) use emulator::{Emulator, StandingEngagement, StandingLeap};
pub(crate) use inbox::Inbox;
pub(crate) use leap_sync::{LeapSync, lines, until};
pub(crate) use program::{Program, example};
pub(crate) use reminders::{PHONE, Reminders, rows};
pub(crate) use server::Server;
