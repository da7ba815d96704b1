//! The scenario's setup: the server and its clients.

use care_emulators::newfies::{Controller, Emulator, Generation};
use chrono::{DateTime, TimeDelta, Utc};
use examples::{Failure, Reporter, newfies};
use newfies_client::{NewCalendarSetting, NewCalendarUser, Newfies, Notice, Reminder, SmsTemplateId};
use std::time::Duration;

const PATIENT: &str = "+12025550101";
/// How long before the visit the patient is called and gets an SMS.
const CALL_BEFORE: Duration = Duration::from_secs(24 * 3600);
const SMS_BEFORE: Duration = Duration::from_secs(3600);
/// The delay before a retry.
const RETRY: Duration = Duration::from_secs(600);
/// The polling interval of the server's workers.
const STEP: Duration = Duration::from_secs(6);

/// A server with simulated phones, and a client of it.
pub(super) struct Setup<'t> {
    pub(super) reporter: &'t Reporter,
    pub(super) emulator: Emulator,
    pub(super) controller: Controller,
    pub(super) newfies: Newfies,
    template: SmsTemplateId,
    visit: DateTime<Utc>,
}

impl<'t> Setup<'t> {
    /// Starts the server with the rows that no API can create. It is of a release that can create calendar users,
    /// unlike the last one.
    pub(super) async fn start(reporter: &'t Reporter) -> Result<Self, Failure> {
        let emulator = Emulator::builder().generation(Generation::G1).start().await?;
        let url = emulator.base_url();
        reporter.line(format!("NEWFIES_BASE_URL is not set: using an emulator at {url}."));
        reporter.line("It also simulates the phones, and its clock is advanced, so that a week takes no time.");
        let (newfies, controller) = (newfies::client(&emulator)?, emulator.controller());
        let template = controller.add_sms_template("Reminder", "Your visit is in an hour").into();
        let visit = emulator.clock().now() + TimeDelta::days(7);
        Ok(Self { reporter, emulator, controller, newfies, template, visit })
    }

    /// The reminder: a call the day before with two retries, and an SMS an hour before.
    pub(super) fn reminder(&self) -> Reminder {
        let call = Notice::call(PATIENT).before(CALL_BEFORE).retries(2, RETRY);
        let surgery = NewCalendarUser::new("dr-example", "tour-password");
        Reminder::new(surgery, "Surgery", "Visit", self.visit, self.visit + TimeDelta::minutes(30))
            .setting(NewCalendarSetting::new("surgery", 1, 1, 1).callerid("+12025550100"))
            .notice(call)
            .notice(Notice::sms(PATIENT, self.template).before(SMS_BEFORE))
    }

    /// Advances the clock to the call.
    pub(super) fn advance_to_call(&self) {
        self.comes(self.visit - CALL_BEFORE);
    }

    /// Advances the clock to the retry.
    pub(super) fn advance_to_retry(&self) {
        self.emulator.clock().advance(RETRY + STEP);
    }

    /// Advances the clock to the SMS.
    pub(super) fn advance_to_sms(&self) {
        self.comes(self.visit - SMS_BEFORE);
    }

    fn comes(&self, time: DateTime<Utc>) {
        let clock = self.emulator.clock();
        clock.advance((time - clock.now()).to_std().unwrap_or_default() + STEP);
    }

    /// The numbers of settings, calendar users, calendars, events and alarms.
    pub(super) fn rows(&self) -> [usize; 5] {
        let controller = &self.controller;
        [
            controller.calendar_settings().len(),
            controller.calendar_users().len(),
            controller.calendars().len(),
            controller.events().len(),
            controller.alarms().len(),
        ]
    }
}
