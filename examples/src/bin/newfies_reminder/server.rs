//! The server: the one that the environment names, or an emulator with a person who answers the phone.

use crate::arguments::Arguments;
use care_emulators::newfies::{Controller, Emulator, Generation};
use chrono::{DateTime, Utc};
use examples::{
    Failure, Reporter,
    newfies::{self, LiveNewfies},
};
use newfies_client::{AlarmId, CalendarUserRef, Error, NewCalendarUser, Newfies, Reminder, Secret};
use std::time::Duration;
use tokio::time::sleep;

/// The server, and a client of it.
pub(crate) struct Server {
    pub(crate) newfies: Newfies,
    /// The password of a calendar user who may be created.
    new_user_password: Option<Secret>,
    /// Held because dropping it stops it.
    pub(crate) emulator: Option<Emulator>,
}

impl Server {
    /// Uses the server that the environment names, or starts an emulator.
    pub(crate) async fn choose(live: Option<LiveNewfies>, reporter: &Reporter) -> Result<Self, Failure> {
        let Some(live) = live else { return Self::embedded(reporter).await };
        let newfies = live.builder().build()?;
        reporter.line(format!("NEWFIES_BASE_URL is set: using {}.", live.base_url()));
        Ok(Self { newfies, new_user_password: live.new_user_password().cloned(), emulator: None })
    }

    /// An emulator of a release that can create calendar users, with a template for SMS and one for mails.
    async fn embedded(reporter: &Reporter) -> Result<Self, Failure> {
        let emulator = Emulator::builder().generation(Generation::G1).start().await?;
        let controller = emulator.controller();
        let _ = (controller.add_sms_template("Reminder", "Soon"), controller.add_mail_template("Reminder", "Soon"));
        reporter.line("NEWFIES_BASE_URL is not set: using an emulator, also of the person who is called. Its clock is");
        reporter.line("moved, so that days take seconds. A kill loses its state. To see a reminder survive one, start");
        reporter
            .line("`cargo run -p care-emulators -- --newfies-release g1` separately and set the variables listed by");
        reporter.line("--help.");
        let newfies = newfies::client(&emulator)?;
        Ok(Self { newfies, new_user_password: Some("demo-password".into()), emulator: Some(emulator) })
    }

    /// The reminder to schedule on this server.
    pub(crate) fn reminder(&self, arguments: &Arguments) -> Result<Reminder, Error> {
        let name = arguments.name();
        let user = match &self.new_user_password {
            Some(password) => NewCalendarUser::new(name, password.clone()).into(),
            None => CalendarUserRef::named(name),
        };
        let reminder = arguments.reminder(user, Utc::now())?;
        let of_emulator = self.emulator.as_ref().map(|_| arguments.setting_of_emulator());
        Ok(match arguments.setting().or(of_emulator) {
            Some(setting) => reminder.setting(setting),
            None => reminder,
        })
    }
}

/// The time between two actions.
const STEP: Duration = Duration::from_millis(800);

/// Moves the emulator's clock and answers the phone: misses the first call if a retry follows, then confirms.
pub(crate) async fn play_demo(
    emulator: &Emulator,
    arguments: &Arguments,
    alarm: AlarmId,
    reporter: &Reporter,
) -> Result<(), Failure> {
    let (controller, alarm) = (emulator.controller(), alarm.get());
    let time = controller.alarm(alarm)?.date_start_notice;
    sleep(STEP).await;
    advance(emulator, &controller, time);
    reporter.step("clock", format!("advances to {}", time.format("%Y-%m-%d %H:%M UTC")));
    if !arguments.is_call() {
        return Ok(());
    }
    reporter.step("telephone", "rings");
    let (retries, after) = arguments.retries();
    if retries > 0 {
        sleep(STEP).await;
        controller.no_answer(alarm)?;
        reporter.step("telephone", "is not answered");
        sleep(STEP).await;
        advance(emulator, &controller, emulator.clock().now() + after);
        reporter.step("telephone", format!("rings again after {} s", after.as_secs()));
    }
    sleep(STEP).await;
    controller.confirm(alarm)?;
    reporter.step("telephone", "is answered, and key 1 is pressed");
    Ok(())
}

/// Advances the clock to a time and runs the workers.
fn advance(emulator: &Emulator, controller: &Controller, time: DateTime<Utc>) {
    let clock = emulator.clock();
    clock.advance((time - clock.now()).to_std().unwrap_or_default());
    controller.dispatch_due();
}
