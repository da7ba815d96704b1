//! The workers behind the server, which let events and alarms happen.
//!
//! They look for work at fixed steps of the clock: for events every 60 seconds, for alarms and for tries of alarms every 6. Between two looks at the
//! emulator's clock they do, in its order and each at its own time, what they would have done meanwhile.

mod calls;
mod events;
mod firing;
mod task;

use chrono::{DateTime, Utc};

pub(super) use calls::HangUp;
pub(super) use firing::Run;

use super::settings::Settings;
use super::state::State;
use task::{Step, Task};

impl State {
    /// Does all that was to be done until `now`.
    pub(super) fn dispatch(&mut self, settings: &Settings, now: DateTime<Utc>) {
        self.work(settings, now, Step::Clock);
        self.dispatched = self.dispatched.max(now);
    }

    /// Does all that is to be done at `now`, without waiting for the next step of the clock.
    pub(super) fn dispatch_at_once(&mut self, settings: &Settings, now: DateTime<Utc>) {
        self.work(settings, now, Step::AtOnce);
    }

    fn work(&mut self, settings: &Settings, now: DateTime<Utc>, step: Step) {
        while let Some((at, task)) = self.next_task(settings, step).filter(|(at, _)| *at <= now) {
            match task {
                Task::Event(event) => self.occur(event, at),
                Task::Alarm(alarm) => self.take_up(settings, alarm, at),
                Task::Run(run) => self.fire(run, at),
                Task::Request(request) => self.dial(request, at),
            }
        }
    }
}
