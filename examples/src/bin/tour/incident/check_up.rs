//! Newfies: the resident is called the next day and confirms by a key that she is well.

use crate::checks::with_timeout;
use care_emulators::newfies::{Emulator, Generation};
use chrono::{DateTime, TimeDelta, Utc};
use examples::{Failure, Reporter, newfies};
use newfies_client::{AlarmId, AlarmResult, NewCalendarSetting, NewCalendarUser, Newfies, Notice, Reminder};
use std::time::Duration;

const RESIDENT: &str = "+12025550101";
const LENGTH: TimeDelta = TimeDelta::minutes(15);
/// The polling interval of the server's workers.
const STEP: Duration = Duration::from_secs(6);

pub(super) struct CheckUp {
    emulator: Emulator,
    newfies: Newfies,
    time: DateTime<Utc>,
    call: AlarmId,
}

impl CheckUp {
    /// Schedules the call. The server is of a release that can create calendar users, unlike the last one.
    pub(super) async fn schedule(reporter: &Reporter) -> Result<Self, Failure> {
        let emulator = Emulator::builder().generation(Generation::G1).start().await?;
        let newfies = newfies::client(&emulator)?;
        let time = emulator.clock().now() + TimeDelta::days(1);
        let desk = NewCalendarUser::new("duty-desk", "tour-password");
        let reminder = Reminder::new(desk, "Duty desk", "Are you well?", time, time + LENGTH)
            .setting(NewCalendarSetting::new("duty-desk", 1, 1, 1).callerid("+12025550100"))
            .notice(Notice::call(RESIDENT));
        let scheduled = async { Ok(newfies.schedule_reminder(reminder).await?) };
        let scheduled = with_timeout("the check-up", scheduled).await?;
        let &[call] = &scheduled.alarms[..] else { return Err(Failure::failed("the number of alarms isn't one")) };
        reporter.step("client", format!("schedules alarm {call} with Newfies: the resident is called in a day"));
        Ok(Self { emulator, newfies, time, call })
    }

    /// Advances the clock; the resident answers.
    pub(super) async fn comes(&self, reporter: &Reporter) -> Result<(), Failure> {
        let clock = self.emulator.clock();
        clock.advance((self.time - clock.now()).to_std().unwrap_or_default() + STEP);
        reporter.step("clock", "advances by a day");
        self.emulator.controller().confirm(self.call.get())?;
        reporter.step("resident", "answers the phone and presses 1: I am well");
        let finished = async { Ok(self.newfies.wait_for_result(self.call).await?) };
        let finished = with_timeout("the result of the call", finished).await?;
        reporter.step("Newfies", newfies::describe_result(&finished));
        match finished.result() {
            AlarmResult::Confirmed => Ok(()),
            other => Err(Failure::failed(format!("the check-up ended with {other:?}"))),
        }
    }

    /// The number of calls.
    pub(super) fn made(&self) -> usize {
        self.emulator.controller().call_requests().len()
    }
}
