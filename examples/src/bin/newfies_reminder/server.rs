use crate::arguments::Arguments;
use care_emulators::newfies::{Emulator, Generation};
use chrono::Utc;
use examples::{
    Failure, Teller,
    newfies::{self, LiveNewfies},
};
use newfies_client::{CalendarUserRef, Error, NewCalendarUser, Newfies, Reminder, Secret};

/// Whom the program talks to.
pub(crate) struct Server {
    pub(crate) newfies: Newfies,
    /// The password of a calendar user who may be made.
    new_user_password: Option<Secret>,
    /// Kept here because it stops when it is dropped.
    pub(crate) emulator: Option<Emulator>,
}

impl Server {
    /// Takes the server that the environment names, else starts an emulator.
    pub(crate) async fn choose(live: Option<LiveNewfies>, teller: &Teller) -> Result<Self, Failure> {
        let Some(live) = live else { return Self::embedded(teller).await };
        let newfies = live.builder().build()?;
        teller.say(format!("NEWFIES_BASE_URL is set: this talks to {}.", live.base_url()));
        Ok(Self { newfies, new_user_password: live.new_user_password().cloned(), emulator: None })
    }

    /// It is of a release that can make calendar users, and has a template of SMS and of mails.
    async fn embedded(teller: &Teller) -> Result<Self, Failure> {
        let emulator = Emulator::builder().generation(Generation::G1).start().await?;
        let dialer = emulator.controller();
        let _ = (dialer.add_sms_template("Reminder", "Soon"), dialer.add_mail_template("Reminder", "Soon"));
        teller.say("No NEWFIES_BASE_URL is set, so an emulator in this process plays Newfies-Dialer's server and who is called: nobody");
        teller.say("really is. Its clock is moved, so that days take seconds. A kill loses its memory: to see a reminder outlive one, start");
        teller.say("`cargo run -p care-emulators -- --newfies-release g1` elsewhere and set what --help names.");
        let newfies = newfies::client(&emulator)?;
        Ok(Self { newfies, new_user_password: Some("demo-password".into()), emulator: Some(emulator) })
    }

    /// What is to be made on this server.
    pub(crate) fn reminder(&self, arguments: &Arguments) -> Result<Reminder, Error> {
        let name = arguments.name();
        let whose = match &self.new_user_password {
            Some(password) => NewCalendarUser::new(name, password.clone()).into(),
            None => CalendarUserRef::named(name),
        };
        let reminder = arguments.reminder(whose, Utc::now())?;
        let of_emulator = self.emulator.as_ref().map(|_| arguments.setting_of_emulator());
        Ok(match arguments.setting().or(of_emulator) {
            Some(setting) => reminder.setting(setting),
            None => reminder,
        })
    }
}
