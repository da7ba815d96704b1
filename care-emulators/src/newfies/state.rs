//! What changes in the world.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::dispatcher::Run;
use super::message::Message;
use super::noise::Noise;
use super::rows::{
    Alarm, AlarmRequest, Calendar, CalendarSetting, CalendarUserProfile, CallRequest, Event, Gateway, Rule, SmsGateway,
    Survey, Template, User,
};
use super::table::Table;

/// The database, and what the workers behind it have in hand. Whoever holds it sees a request done or not begun.
#[derive(Default)]
pub(super) struct State {
    pub(super) users: Table<User>,
    pub(super) profiles: Table<CalendarUserProfile>,
    pub(super) settings: Table<CalendarSetting>,
    pub(super) calendars: Table<Calendar>,
    pub(super) events: Table<Event>,
    pub(super) alarms: Table<Alarm>,
    pub(super) alarm_requests: Table<AlarmRequest>,
    pub(super) call_requests: Table<CallRequest>,
    pub(super) rules: Table<Rule>,
    pub(super) gateways: Table<Gateway>,
    pub(super) sms_gateways: Table<SmsGateway>,
    pub(super) survey_templates: Table<Survey>,
    pub(super) sealed_surveys: Table<Survey>,
    pub(super) mail_templates: Table<Template>,
    pub(super) sms_templates: Table<Template>,
    pub(super) tokens: HashMap<String, u64>,
    pub(super) sessions: HashSet<String>,
    pub(super) noise: Noise,
    pub(super) sent: Vec<Message>,
    /// Alarms that wait for their turn.
    pub(super) runs: Vec<Run>,
    /// Until when the dispatchers have done their work.
    pub(super) dispatched: DateTime<Utc>,
}

impl State {
    pub(super) fn user_named(&self, username: &str) -> Option<&User> {
        self.users.iter().find(|user| user.username == username)
    }

    pub(super) fn profile_of(&self, user: u64) -> Option<&CalendarUserProfile> {
        self.profiles.iter().find(|profile| profile.user == user)
    }

    /// Whether `manager` manages the calendar user.
    pub(super) fn manages(&self, manager: u64, user: u64) -> bool {
        self.profile_of(user).is_some_and(|profile| profile.manager == manager)
    }

    /// The calendar setting of a calendar user.
    pub(super) fn setting_of(&self, user: u64) -> Option<&CalendarSetting> {
        self.settings.get(self.profile_of(user)?.calendar_setting)
    }

    /// The first calendar setting of a manager.
    pub(super) fn first_setting_of(&self, manager: u64) -> Option<u64> {
        self.settings.iter().find(|setting| setting.user == manager).map(|setting| setting.id)
    }

    /// The direct children of an event in the order of their making.
    pub(super) fn children(&self, event: u64) -> Vec<&Event> {
        let mut children: Vec<_> = self.events.iter().filter(|child| child.parent_event == Some(event)).collect();
        children.sort_by_key(|child| child.created_on);
        children
    }

    pub(super) fn alarms_of(&self, event: u64) -> impl Iterator<Item = &Alarm> {
        self.alarms.iter().filter(move |alarm| alarm.event == event)
    }

    pub(super) fn requests_of(&self, alarm: u64) -> impl Iterator<Item = &AlarmRequest> {
        self.alarm_requests.iter().filter(move |request| request.alarm == Some(alarm))
    }
}
