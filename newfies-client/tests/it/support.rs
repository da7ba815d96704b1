//! What the tests of the workflows share: a client of an emulator without sockets, so that tokio's paused clock serves
//! and no test waits in real time.

pub(crate) use care_emulators::newfies::{Controller, Emulator, Generation, NewUser};
pub(crate) use care_testkit::{SocketlessTransport, Step, secs};

use care_emulators::newfies::EmulatorBuilder;
use chrono::{DateTime, TimeDelta, Utc};
use newfies_client::{
    CalendarUserId, NewCalendarSetting, NewCalendarUser, Newfies, NewfiesBuilder, Notice, Options, Reminder,
};
use std::time::Duration;

pub(crate) const PATIENT: &str = "+12025550101";

pub(crate) fn hours(hours: u64) -> Duration {
    secs(hours * 3600)
}

/// An emulator whose manager is a superuser, and a client of it without sockets.
pub(crate) struct Scene {
    pub(crate) emulator: Emulator,
    pub(crate) controller: Controller,
    pub(crate) newfies: Newfies,
    pub(crate) transport: SocketlessTransport,
}

/// Of the first released generation: the next one can't create calendar users.
pub(crate) async fn scene() -> Scene {
    scene_of(Emulator::builder().generation(Generation::G1)).await
}

pub(crate) async fn scene_of(builder: EmulatorBuilder) -> Scene {
    let emulator = builder.start().await.unwrap();
    let (newfies, transport) = client(&emulator, emulator.username(), emulator.password());
    let controller = emulator.controller();
    Scene { emulator, controller, newfies, transport }
}

pub(crate) fn client(emulator: &Emulator, user: &str, password: &str) -> (Newfies, SocketlessTransport) {
    let transport = SocketlessTransport::to(emulator.router());
    let builder = builder(&transport).basic_auth(user, password);
    (builder.build().unwrap(), transport)
}

pub(crate) fn builder(transport: &SocketlessTransport) -> NewfiesBuilder {
    Newfies::builder().base_url("http://127.0.0.1").options(Options::new().transport(transport.clone()))
}

pub(crate) fn new_setting() -> NewCalendarSetting {
    NewCalendarSetting::new("surgery", 1, 1, 1).callerid("+12025550100")
}

pub(crate) fn new_user() -> NewCalendarUser {
    NewCalendarUser::new("dr-example", "a password")
}

/// A start that is the same in all tests of a run, with more digits than the server shows.
pub(crate) fn start() -> DateTime<Utc> {
    static START: std::sync::OnceLock<DateTime<Utc>> = std::sync::OnceLock::new();
    *START.get_or_init(|| Utc::now() + TimeDelta::days(7))
}

pub(crate) fn reminder() -> Reminder {
    Reminder::new(new_user(), "Surgery", "Visit", start(), start() + TimeDelta::minutes(30))
        .setting(new_setting())
        .notice(Notice::call(PATIENT).before(hours(24)).retries(2, secs(600)))
        .notice(Notice::call(PATIENT).before(hours(1)))
}

impl Scene {
    /// A calendar user with profile and setting.
    pub(crate) async fn doctor(&self) -> CalendarUserId {
        self.newfies.calendar_settings().create(new_setting()).await.unwrap();
        self.newfies.calendar_users().create(new_user()).await.unwrap();
        let users = self.newfies.calendar_users().list().await.unwrap();
        users[0].id().unwrap()
    }

    /// The same, as if created in the web interface: the only way on some servers.
    pub(crate) async fn doctor_of_the_web(&self) -> CalendarUserId {
        self.newfies.calendar_settings().create(new_setting()).await.unwrap();
        self.controller.add_calendar_user(self.emulator.username(), "dr-example", "a password").unwrap().into()
    }

    /// The numbers of rows: settings, profiles, calendars, events, alarms.
    pub(crate) fn rows(&self) -> [usize; 5] {
        let controller = &self.controller;
        [
            controller.calendar_settings().len(),
            controller.calendar_user_profiles().len(),
            controller.calendars().len(),
            controller.events().len(),
            controller.alarms().len(),
        ]
    }

    /// The number of requests that aren't reads.
    pub(crate) fn writes(&self) -> usize {
        self.transport.all().iter().filter(|sent| sent.method != "GET").count()
    }
}
