//! Newfies-Dialer's REST API: the appointment module, and what of the rest it refers to.
//!
//! Rules and shapes are those of Newfies-Dialer, *Appointment Module*, a page of the vendor's documentation, and of the server's public source,
//! <https://github.com/newfies-dialer/newfies-dialer>. Where the two differ, and what they leave out, is named in the
//! [crate's documentation](crate#what-is-ours-of-newfies); where both ways are likely, the [`EmulatorBuilder`] has a switch.

mod access;
mod answer;
mod builder;
mod caller;
mod codes;
mod control_error;
mod controller;
mod dispatcher;
mod emulator;
mod form;
mod generation;
mod ids;
mod links;
mod message;
mod moment;
mod new_rule;
mod new_user;
mod noise;
mod permissions;
mod recurrence;
mod refusal;
mod resources;
mod routes;
mod rows;
mod scenario;
mod scene;
mod settings;
mod state;
mod table;
mod world;
mod zone;

pub use builder::EmulatorBuilder;
pub use control_error::ControlError;
pub use controller::Controller;
pub use emulator::Emulator;
pub use generation::Generation;
pub use ids::{GATEWAY_ID, PASSWORD, SMS_GATEWAY_ID, SURVEY_ID, TOKEN, USERNAME};
pub use message::{Message, MessageKind};
pub use new_rule::NewRule;
pub use new_user::NewUser;
pub use recurrence::Frequency;
pub use rows::{Alarm, AlarmRequest, Calendar, CalendarSetting, CalendarUserProfile, CallRequest, Event, Rule, User};
