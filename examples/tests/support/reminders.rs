use super::{Program, example, program::End};
use care_emulators::newfies::{Controller, Emulator};
use std::process::Command;

/// Whom the tests let call.
pub(crate) const PHONE: &str = "+12025550107";
/// A start that is later than any test.
const AT: &str = "2100-05-01T10:00:00+02:00";
const NAME: &str = "dr-canary";
const TITLE: &str = "canary-title";

/// How `newfies_reminder` is started, again and again.
pub(crate) struct Reminders {
    url: String,
    user: String,
    password: String,
}

impl Reminders {
    /// One that talks to an emulator of the test's own.
    pub(crate) fn of(emulator: &Emulator) -> Self {
        let (user, password) = (emulator.username().to_owned(), emulator.password().to_owned());
        Self { url: emulator.base_url(), user, password }
    }

    /// One that talks to whoever is there.
    pub(crate) fn at(url: &str) -> Self {
        Self { url: url.to_owned(), user: "canary-user".to_owned(), password: "canary-password".to_owned() }
    }

    /// With a server, and nothing said of a reminder.
    pub(crate) fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = example(env!("CARGO_BIN_EXE_newfies_reminder"));
        command.env("NEWFIES_BASE_URL", &self.url).env("NEWFIES_USER", &self.user);
        command.env("NEWFIES_PASSWORD", &self.password).args(arguments);
        command
    }

    /// A visit of a calendar user who may be made.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(&["--name", NAME, "--title", TITLE, "--at", AT]);
        command.env("NEWFIES_NEW_USER_PASSWORD", "canary-new-password").args(arguments);
        command
    }

    /// The same by telephone, with a setting that is made.
    pub(crate) fn call(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(&["--phone", PHONE, "--gateway", "1", "--sms-gateway", "1", "--survey", "1"]);
        command.args(["--caller-id", "+12025550100"]).args(arguments);
        command
    }

    /// Runs it to its end. Whatever happens, it shows neither whom it is about nor a password.
    pub(crate) fn run(&self, command: &mut Command) -> End {
        let end = Program::run(command);
        for secret in ["canary", "+1202", "@", &self.user, &self.password] {
            assert!(!end.stdout.contains(secret) && !end.stderr.contains(secret), "{secret} is in {end:?}");
        }
        end
    }
}

/// How many rows there are: settings, calendar users, calendars, events, alarms.
pub(crate) fn rows(dialer: &Controller) -> [usize; 5] {
    [
        dialer.calendar_settings().len(),
        dialer.calendar_users().len(),
        dialer.calendars().len(),
        dialer.events().len(),
        dialer.alarms().len(),
    ]
}
