#![doc = include_str!("../README.md")]
//!
//! # Where to start
//!
//! - [`Newfies::builder`] builds a client: [`NewfiesBuilder::base_url`], [`NewfiesBuilder::basic_auth`] or
//!   [`NewfiesBuilder::token`], and [`NewfiesBuilder::server_time_zone`] if its answers have naive times.
//! - [`Newfies::schedule_reminder`] takes a [`Reminder`] with [`Notice`]s; [`Newfies::wait_for_result`] and
//!   [`Newfies::summary`] read what became of it; [`Newfies::preflight`] checks what must exist first.
//! - [`Newfies::series`], [`Newfies::pause_series`], [`Newfies::resume_series`] and [`Newfies::cancel_series`] manage
//!   recurring events.
//! - Single rows have handles: [`CalendarSettings`], [`CalendarUsers`], [`CalendarUserProfiles`], [`Calendars`],
//!   [`Events`], [`Alarms`], [`AlarmRequests`] and [`Rules`]. Operations return a [`Call`]: `.await` sends it;
//!   [`Call::items`] and [`Call::pages`] read whole lists.
//! - Failures are an [`Error`] with a [`Kind`], an [`Outcome`] and perhaps an [`ApiFault`]; those of workflows can also
//!   have a [`WorkflowFailure`].
//! - [`defects`] lists the errors and gaps of the vendor's documents.
//!
//! # When a 2xx is believed
//!
//! Something in between can answer in place of the service. An answer that isn't the service's is an error of
//! [`Kind::Decode`] with [`Outcome::Unknown`], and [`Error::is_foreign`] says so:
//!
//! | operation | what its answer must be |
//! |---|---|
//! | `get`, `update`, `replace` | JSON of the row that was asked for, as far as its link says which it is |
//! | `create` | JSON of a row |
//! | `list` and the lists below an event | JSON with rows |
//! | `delete`, `set_last_child_status` | nothing, JSON without an `error`, or plain text |

mod alarm_requests;
mod alarms;
mod builder;
mod calendar_settings;
mod calendar_user_profiles;
mod calendar_users;
mod calendars;
mod client;
mod codes;
pub mod defects;
mod endpoints;
mod events;
mod fault;
mod handle;
mod ids;
mod payload;
mod resource;
mod rules;
mod time;
mod wire;
mod workflows;

pub use alarm_requests::{
    AlarmLog, AlarmRequest, AlarmRequestPatch, AlarmRequests, EventLog, GetEventLog, NewAlarmRequest, RequestLog,
};
pub use alarms::{Alarm, AlarmPatch, AlarmRow, Alarms, NewAlarm};
pub use builder::NewfiesBuilder;
pub use calendar_settings::{CalendarSetting, CalendarSettingPatch, CalendarSettings, NewCalendarSetting};
pub use calendar_user_profiles::{
    CalendarUserProfile, CalendarUserProfilePatch, CalendarUserProfileRow, CalendarUserProfiles, NewCalendarUserProfile,
};
pub use calendar_users::{
    CalendarSummary, CalendarUser, CalendarUserPatch, CalendarUserRef, CalendarUserReplacement, CalendarUsers,
    NewCalendarUser,
};
pub use calendars::{Calendar, CalendarPatch, Calendars, NewCalendar};
pub use client::Newfies;
pub use codes::*;
pub use endpoints::{Create, Delete, Get, List, ListAll, Replace, Update};
pub use events::{
    ChildEvent, Event, EventPatch, Events, ListAlarmsOfEvent, ListChildren, NewEvent, SetLastChildStatus,
};
pub use fault::{ApiFault, Denial};
pub use ids::*;
pub use payload::Payload;
pub use resource::{Listed, Resource, Row, Writable};
pub use rules::{Frequency, Rule, RuleParams, Rules};
pub use time::ServerTime;
pub use workflows::{
    Access, AlarmEnd, AlarmSummary, CancelSeries, CancelVisit, Created, FindRule, Finished, GetSeries, GetSummary,
    NamedRow, Notice, Occurrence, PauseSeries, Preflight, ProfileState, Reminder, ResumeSeries, RunPreflight,
    ScheduleReminder, Scheduled, Series, Summary, WaitForResult, WorkflowFailure,
};

#[doc(inline)]
pub use care_client_core::{
    AttemptEvent, BoxFuture, Call, DecodeError, Endpoint, Error, Fault, FieldFault, FinishEvent, Http, Items, Kind,
    Link, Linked, Observe, OddMediaTypeEvent, Operation, Options, Outcome, Page, Paged, Pages, ParseLinkError,
    Personal, RateLimit, RawResponse, RepeatEvent, RequestParts, Response, RetryPolicy, Safety, Secret, ShiftEvent,
    StopReason, Transport, TransportError, TransportFailure, Undecodable,
};
