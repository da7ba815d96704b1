//! The Engagement API (Dimelo, RingCentral Engage Digital), version 1.0: interventions.
//!
//! Rules, statuses and shapes are those of *InterventionsApi*, a page of the vendor's API client for Go,
//! <https://github.com/grokify/go-ringcentral-client>, and of RingCentral, *Engage Digital API guide*,
//! <https://github.com/ringcentral/engage-digital-api-docs>.
#![doc = include_str!("contract.md")]

mod content;
mod control_error;
mod controller;
mod directory;
mod emulator;
mod error_response;
mod filter;
mod intervention;
mod params;
mod replies;
mod routes;
mod settings;
mod store;
mod view;
mod world;

pub use content::NewContent;
pub use control_error::ControlError;
pub use controller::Controller;
pub use directory::{AGENT_ID, NewAgent, SOURCE_ID};
pub use emulator::{ACCESS_TOKEN, Emulator, EmulatorBuilder};
pub use intervention::{Intervention, Survey};
pub use replies::Replies;
pub use settings::{CustomFieldsKey, Language};
