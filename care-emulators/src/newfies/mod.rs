//! Newfies-Dialer's REST API: the appointment module, and the resources that it refers to.
//!
//! Rules and shapes are those of Newfies-Dialer, *Appointment Module*, a page of the vendor's documentation, and of the
//! server's public source, <https://github.com/newfies-dialer/newfies-dialer>.
#![doc = include_str!("contract.md")]

mod control_error;
mod controller;
mod deterministic_random;
mod dispatcher;
mod emulator;
mod form;
mod links;
mod recurrence;
mod request_context;
mod resources;
mod response;
mod routes;
mod rows;
mod seed_data;
mod settings;
mod table;
mod timestamp;
mod world;

pub use control_error::ControlError;
pub use controller::Controller;
pub use emulator::{Emulator, EmulatorBuilder};
pub use recurrence::{Frequency, NewRule};
pub use rows::{
    alarm::{Alarm, AlarmRequest, CallRequest, Message, MessageKind},
    calendar::{Calendar, CalendarSetting, CalendarUserProfile},
    event::{Event, Rule},
    user::{NewUser, User},
};
pub use seed_data::{GATEWAY_ID, PASSWORD, SMS_GATEWAY_ID, SURVEY_ID, TOKEN, USERNAME};
pub use settings::Generation;
