//! Newfies: the resident is called the day after, and says by a key that she is well.

use crate::patience::patiently;
use care_emulators::newfies::{Emulator, Generation};
use chrono::{DateTime, TimeDelta, Utc};
use examples::{Failure, Teller, newfies};
use newfies_client::{AlarmId, AlarmResult, NewCalendarSetting, NewCalendarUser, Newfies, Notice, Reminder};
use std::time::Duration;

const RESIDENT: &str = "+12025550101";
const LENGTH: TimeDelta = TimeDelta::minutes(15);
/// Workers of the server look for work this often: by then it is done.
const STEP: Duration = Duration::from_secs(6);

pub(super) struct CheckUp {
    emulator: Emulator,
    newfies: Newfies,
    time: DateTime<Utc>,
    call: AlarmId,
}

impl CheckUp {
    /// Schedules the call. The server is of a release that can make calendar users: the last one can't.
    pub(super) async fn schedule(teller: &Teller) -> Result<Self, Failure> {
        let emulator = Emulator::builder().generation(Generation::G1).start().await?;
        let newfies = newfies::client(&emulator)?;
        let time = emulator.clock().now() + TimeDelta::days(1);
        let desk = NewCalendarUser::new("duty-desk", "tour-password");
        let reminder = Reminder::new(desk, "Duty desk", "Are you well?", time, time + LENGTH)
            .setting(NewCalendarSetting::new("duty-desk", 1, 1, 1).callerid("+12025550100"))
            .notice(Notice::call(RESIDENT));
        let scheduled = async { Ok(newfies.schedule_reminder(reminder).await?) };
        let scheduled = patiently("the check-up", scheduled).await?;
        let &[call] = &scheduled.alarms[..] else { return Err(Failure::failed("there is not one alarm")) };
        teller.tell("client", format!("schedules alarm {call} with Newfies: the resident is called in a day"));
        Ok(Self { emulator, newfies, time, call })
    }

    /// Lets the time come, and the resident answer.
    pub(super) async fn comes(&self, teller: &Teller) -> Result<(), Failure> {
        let clock = self.emulator.clock();
        clock.advance((self.time - clock.now()).to_std().unwrap_or_default() + STEP);
        teller.tell("clock", "goes on by a day");
        self.emulator.controller().confirm(self.call.get())?;
        teller.tell("resident", "answers the telephone, and presses 1: I am well");
        let finished = async { Ok(self.newfies.wait_for_result(self.call).await?) };
        let finished = patiently("the result of the call", finished).await?;
        teller.tell("Newfies", newfies::ended(&finished));
        match finished.result() {
            AlarmResult::Confirmed => Ok(()),
            other => Err(Failure::failed(format!("the check-up ended with {other:?}"))),
        }
    }

    /// How many calls were made.
    pub(super) fn made(&self) -> usize {
        self.emulator.controller().call_requests().len()
    }
}
