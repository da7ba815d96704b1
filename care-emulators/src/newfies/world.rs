//! The shared state of a Newfies emulator: its settings, clock and hooks, the database, and the removal of rows with
//! all that refers to them.

use crate::{
    clock::Clock,
    hooks::Hooks,
    lock::lock,
    newfies::{
        deterministic_random::DeterministicRandom,
        rows::{
            Gateway, SmsGateway, Survey, Template,
            alarm::{Alarm, AlarmRequest, CallRequest, Message},
            calendar::{Calendar, CalendarSetting, CalendarUserProfile},
            event::{Event, Rule},
            user::User,
        },
        settings::Settings,
        table::Table,
        timestamp,
    },
};
use chrono::{DateTime, Utc};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard},
};

pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    pub(super) hooks: Hooks<Arc<World>>,
    state: Mutex<State>,
}

impl World {
    pub(super) fn new(settings: Settings, clock: Clock, state: State) -> Arc<Self> {
        Arc::new(Self { settings, clock, hooks: Hooks::default(), state: Mutex::new(state) })
    }

    /// The state, after the workers have caught up to now.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state_now().1
    }

    /// The time, and the state at that time.
    pub(super) fn state_now(&self) -> (DateTime<Utc>, MutexGuard<'_, State>) {
        // The clock is read under the lock, so that the workers are never ahead of the returned time.
        let mut state = lock(&self.state);
        let now = timestamp::now(&self.clock);
        state.dispatch(&self.settings, now);
        (now, state)
    }
}

/// A scheduled alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ScheduledAlarm {
    pub(super) at: DateTime<Utc>,
    pub(super) alarm: u64,
}

/// The database, and the workers' queue. Its lock makes each request atomic.
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
    pub(super) random: DeterministicRandom,
    pub(super) sent: Vec<Message>,
    /// The scheduled alarms.
    pub(super) scheduled: Vec<ScheduledAlarm>,
    /// Until when the workers have done their work.
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

    /// The direct children of an event, in the order of their creation.
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

impl State {
    /// The ids that `is_meant` returns for rows.
    fn ids<'a, T: 'a>(rows: impl Iterator<Item = &'a T>, is_meant: impl Fn(&T) -> Option<u64>) -> Vec<u64> {
        rows.filter_map(is_meant).collect()
    }

    pub(super) fn remove_alarm(&mut self, id: u64) {
        self.scheduled.retain(|run| run.alarm != id);
        for request in Self::ids(self.alarm_requests.iter(), |row| (row.alarm == Some(id)).then_some(row.id)) {
            self.alarm_requests.remove(request);
        }
        self.alarms.remove(id);
    }

    pub(super) fn remove_event(&mut self, id: u64) {
        for alarm in Self::ids(self.alarms.iter(), |row| (row.event == id).then_some(row.id)) {
            self.remove_alarm(alarm);
        }
        self.events.remove(id);
        for child in Self::ids(self.events.iter(), |row| (row.parent_event == Some(id)).then_some(row.id)) {
            self.remove_event(child);
        }
    }

    pub(super) fn remove_calendar(&mut self, id: u64) {
        for event in Self::ids(self.events.iter(), |row| (row.calendar == id).then_some(row.id)) {
            self.remove_event(event);
        }
        self.calendars.remove(id);
    }

    pub(super) fn remove_setting(&mut self, id: u64) {
        for profile in Self::ids(self.profiles.iter(), |row| (row.calendar_setting == id).then_some(row.id)) {
            self.profiles.remove(profile);
        }
        self.settings.remove(id);
    }

    pub(super) fn remove_user(&mut self, id: u64) {
        for calendar in Self::ids(self.calendars.iter(), |row| (row.user == Some(id)).then_some(row.id)) {
            self.remove_calendar(calendar);
        }
        for event in Self::ids(self.events.iter(), |row| (row.creator == id).then_some(row.id)) {
            self.remove_event(event);
        }
        for profile in Self::ids(self.profiles.iter(), |row| (row.user == id || row.manager == id).then_some(row.id)) {
            self.profiles.remove(profile);
        }
        for setting in Self::ids(self.settings.iter(), |row| (row.user == id).then_some(row.id)) {
            self.remove_setting(setting);
        }
        self.tokens.retain(|_, holder| *holder != id);
        self.users.remove(id);
    }
}
