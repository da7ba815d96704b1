//! The server's workers, which make events occur and alarms go off.
//!
//! Workers poll at fixed steps of the clock: for events every 60 seconds, for alarms and tries every 6. When the
//! emulator reads its clock, the workers catch up: they do all that was due since the last reading, in order, each at
//! its own time.

pub(super) mod calls;
pub(super) mod events;

use crate::newfies::{
    rows::{alarm::AlarmRequest, event::Event},
    settings::Settings,
    world::{ScheduledAlarm, State},
};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};

impl State {
    /// Does all work that was due until `now`.
    pub(super) fn dispatch(&mut self, settings: &Settings, now: DateTime<Utc>) {
        self.work(settings, now, Step::Clock);
        self.dispatched = self.dispatched.max(now);
    }

    /// Does all work that is due at `now`, without waiting for the next step of the clock.
    pub(super) fn dispatch_at_once(&mut self, settings: &Settings, now: DateTime<Utc>) {
        self.work(settings, now, Step::AtOnce);
    }

    fn work(&mut self, settings: &Settings, now: DateTime<Utc>, step: Step) {
        while let Some((at, task)) = self.next_task(settings, step).filter(|(at, _)| *at <= now) {
            match task {
                Task::Event(event) => self.occur(event, at),
                Task::Alarm(alarm) => self.take_up(settings, alarm, at),
                Task::ScheduledAlarm(run) => self.fire(run, at),
                Task::Request(request) => self.dial(request, at),
            }
        }
    }
}

/// A unit of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Task {
    /// An event occurs.
    Event(u64),
    /// An alarm is scheduled.
    Alarm(u64),
    /// A scheduled alarm goes off.
    ScheduledAlarm(ScheduledAlarm),
    /// A try is dialled.
    Request(u64),
}

/// When workers poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// At the steps of the clock.
    Clock,
    /// Immediately.
    AtOnce,
}

/// How long after its start an event still occurs.
const EVENT_WINDOW: TimeDelta = TimeDelta::hours(12);
/// How long before its time an alarm is scheduled.
pub(super) const AHEAD: TimeDelta = TimeDelta::minutes(5);
/// How long after its time an alarm or a try is still processed.
const LATE: TimeDelta = TimeDelta::minutes(60);

const EVENT_STEP: TimeDelta = TimeDelta::seconds(60);
const ALARM_STEP: TimeDelta = TimeDelta::seconds(6);

impl State {
    /// When a worker first finds work that is due from `from` on. All workers have polled until `dispatched`.
    fn found(&self, from: DateTime<Utc>, every: TimeDelta, step: Step) -> DateTime<Utc> {
        if step == Step::AtOnce {
            return from.max(self.dispatched);
        }
        let next = self.dispatched.checked_add_signed(TimeDelta::microseconds(1));
        let from = from.max(next.unwrap_or(self.dispatched));
        match from.duration_trunc(every) {
            Ok(before) if before < from => before + every,
            // `Err` is a time too far away for its nanoseconds to be counted.
            Ok(_) | Err(_) => from,
        }
    }

    fn event_due(&self, event: &Event, step: Step) -> Option<DateTime<Utc>> {
        let at = self.found(event.start, EVENT_STEP, step);
        (event.status == Some(1) && at - event.start <= EVENT_WINDOW).then_some(at)
    }

    fn request_due(&self, request: &AlarmRequest, step: Step) -> Option<DateTime<Utc>> {
        let at = self.found(request.date, ALARM_STEP, step);
        let can_be_dialled = request.alarm.is_some_and(|alarm| self.can_dial(alarm));
        (request.status == Some(1) && at - request.date <= LATE && can_be_dialled).then_some(at)
    }

    /// The next task, and its time.
    pub(super) fn next_task(&self, settings: &Settings, step: Step) -> Option<(DateTime<Utc>, Task)> {
        let events = self.events.iter().filter_map(|event| Some((self.event_due(event, step)?, Task::Event(event.id))));
        let alarms = self.alarms.iter().filter(|alarm| alarm.status == 1).filter_map(|alarm| {
            let date = self.alarm_date(settings, alarm)?;
            let at = self.found(date.checked_sub_signed(AHEAD)?, ALARM_STEP, step);
            (at - date <= LATE).then_some((at, Task::Alarm(alarm.id)))
        });
        let scheduled = self.scheduled.iter().map(|run| (run.at.max(self.dispatched), Task::ScheduledAlarm(*run)));
        let requests = self.alarm_requests.iter();
        let requests =
            requests.filter_map(|request| Some((self.request_due(request, step)?, Task::Request(request.id))));
        events.chain(alarms).chain(scheduled).chain(requests).min()
    }
}
