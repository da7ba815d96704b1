//! The CareMessenger API, version 2: assistance providers, and the requests for help that reach them.
//!
//! Rules and shapes are those of the vendor's pages *Assistance Requests*,
//! <https://docs.caremessenger.co.uk/assistance.html>, *Authentication*,
//! <https://docs.caremessenger.co.uk/authentication.html>, *Viewing the schema*,
//! <https://docs.caremessenger.co.uk/viewing_the_schema.html>, and *Serialization formats*,
//! <https://docs.caremessenger.co.uk/serialization_formats.html>.
//!
//! When a resident [asks for assistance](Controller::request_assistance), the emulator posts to the webhooks of the
//! provider as CareMessenger does. A [`Delivery`] does the same without an emulator.
#![doc = include_str!("contract.md")]

mod account;
mod control_error;
mod controller;
mod delivery;
mod directory;
mod emulator;
mod error_response;
mod provider;
mod request_bodies;
mod routes;
mod settings;
mod state;
mod view;
mod world;

pub use account::{PASSWORD, USERNAME};
pub use control_error::ControlError;
pub use controller::Controller;
pub use delivery::{
    faults::DeliveryFaults,
    payload::Payload,
    schedule::{OtherStatus, Schedule, WindowStart},
    standalone::Delivery,
    transcript::{Attempt, AttemptOutcome, DeliveryStatus, Transcript},
};
pub use directory::{CUSTOMER_ID, RESIDENT_ID, SITE_ID, Target};
pub use emulator::{Emulator, EmulatorBuilder};
pub use provider::{AssistanceRequest, EmailNotifier, NewProvider, Provider, WebhookNotifier};
pub use settings::{CoordinateForm, ListShape, Paging, TokenForm, Updates, WebhookEcho};
