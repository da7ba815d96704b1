#![doc = include_str!("../README.md")]

mod address;
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
mod links;
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
    CalendarSummary, CalendarUser, CalendarUserPatch, CalendarUserReplacement, CalendarUsers, NewCalendarUser,
};
pub use calendars::{Calendar, CalendarPatch, Calendars, NewCalendar};
pub use client::Newfies;
pub use codes::*;
pub use endpoints::{Create, Delete, Get, List, ListAll, Replace, Update};
pub use events::{
    ChildEvent, Event, EventPatch, Events, ListAlarmsOfEvent, ListChildren, NewEvent, SetLastChildStatus,
};
pub use fault::{ApiFault, Denial, FieldFault};
pub use ids::*;
pub use links::*;
pub use resource::{Payload, Resource, Row, Writable};
pub use rules::{Frequency, Rule, RuleParams, Rules};
pub use time::ServerTime;
pub use workflows::{
    Access, AlarmEnd, AlarmSummary, CalendarUserRef, Created, Finished, NamedRow, Notice, Occurrence, Preflight,
    ProfileState, Refusal, Reminder, Scheduled, Series, Summary, WaitForResult,
};

#[doc(inline)]
pub use care_client_core::{
    AttemptEvent, BoxFuture, Call, DecodeError, Endpoint, Error, Fault, FinishEvent, Http, Items, Kind, Link, Linked,
    Observe, Operation, Options, Outcome, Page, Paged, Pages, ParseLinkError, Personal, RateLimit, RawResponse,
    RepeatEvent, RequestParts, Response, RetryPolicy, Safety, Secret, ShiftEvent, StopReason, Transport,
    TransportError, TransportFailure, Undecodable,
};

/// Where the documents of the appointment module are.
const DOCUMENT: &str = "https://github.com/newfies-dialer/newfies-dialer";
