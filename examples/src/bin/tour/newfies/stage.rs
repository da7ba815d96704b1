//! Where the story is played.

use care_emulators::newfies::{Controller, Emulator, Generation};
use chrono::{DateTime, TimeDelta, Utc};
use examples::{Failure, Teller, newfies};
use newfies_client::{NewCalendarSetting, NewCalendarUser, Newfies, Notice, Reminder, SmsTemplateId};
use std::time::Duration;

const PATIENT: &str = "+12025550101";
/// How long before the visit the patient is called, and how long before it an SMS follows.
const CALL_BEFORE: Duration = Duration::from_secs(24 * 3600);
const SMS_BEFORE: Duration = Duration::from_secs(3600);
/// How long after a call that nobody answers another one follows.
const RETRY: Duration = Duration::from_secs(600);
/// Workers of the server look for work this often: by then it is done.
const STEP: Duration = Duration::from_secs(6);

/// A server with its telephones, and a client of it.
pub(super) struct Stage<'t> {
    pub(super) teller: &'t Teller,
    pub(super) emulator: Emulator,
    pub(super) dialer: Controller,
    pub(super) newfies: Newfies,
    template: SmsTemplateId,
    visit: DateTime<Utc>,
}

impl<'t> Stage<'t> {
    /// Starts the server, with what no API can make. It is of a release that can make calendar users: the last one can't.
    pub(super) async fn set(teller: &'t Teller) -> Result<Self, Failure> {
        let emulator = Emulator::builder().generation(Generation::G1).start().await?;
        let url = emulator.base_url();
        teller.say(format!("No NEWFIES_BASE_URL is set, so an emulator plays Newfies-Dialer's server, at {url}."));
        teller.say("It plays the telephones too, and its clock is moved, so that a week takes no time.");
        let (newfies, dialer) = (newfies::client(&emulator)?, emulator.controller());
        let template = dialer.add_sms_template("Reminder", "Your visit is in an hour").into();
        let visit = emulator.clock().now() + TimeDelta::days(7);
        Ok(Self { teller, emulator, dialer, newfies, template, visit })
    }

    /// The reminder: a call the day before, with two more tries, and an SMS an hour before.
    pub(super) fn reminder(&self) -> Reminder {
        let call = Notice::call(PATIENT).before(CALL_BEFORE).retries(2, RETRY);
        let surgery = NewCalendarUser::new("dr-example", "tour-password");
        Reminder::new(surgery, "Surgery", "Visit", self.visit, self.visit + TimeDelta::minutes(30))
            .setting(NewCalendarSetting::new("surgery", 1, 1, 1).callerid("+12025550100"))
            .notice(call)
            .notice(Notice::sms(PATIENT, self.template).before(SMS_BEFORE))
    }

    /// Moves the clock to when the patient is called.
    pub(super) fn comes_the_day_before(&self) {
        self.comes(self.visit - CALL_BEFORE);
    }

    /// Moves the clock to when the patient is called again.
    pub(super) fn comes_the_next_try(&self) {
        self.emulator.clock().advance(RETRY + STEP);
    }

    /// Moves the clock to when the SMS is sent.
    pub(super) fn comes_the_last_hour(&self) {
        self.comes(self.visit - SMS_BEFORE);
    }

    fn comes(&self, time: DateTime<Utc>) {
        let clock = self.emulator.clock();
        clock.advance((time - clock.now()).to_std().unwrap_or_default() + STEP);
    }

    /// How many rows there are: settings, calendar users, calendars, events, alarms.
    pub(super) fn rows(&self) -> [usize; 5] {
        let dialer = &self.dialer;
        [
            dialer.calendar_settings().len(),
            dialer.calendar_users().len(),
            dialer.calendars().len(),
            dialer.events().len(),
            dialer.alarms().len(),
        ]
    }
}
