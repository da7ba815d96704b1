use super::{Program, example};
use care_emulators::caremessenger::{Delivery, Payload, Schedule};
use caremessenger_client::webhook::{FileJournal, Notification};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// The secret of the notifier `duty desk`.
pub(crate) const SECRET: &str = "canary-secret-0123456789";

/// How `care_webhook` is started in a directory, again and again.
pub(crate) struct CareWebhook {
    pub(crate) directory: PathBuf,
    /// Where it listens; another free port at each start, until it is said.
    pub(crate) address: String,
}

impl CareWebhook {
    pub(crate) fn new(directory: PathBuf) -> Self {
        Self { directory, address: "127.0.0.1:0".to_owned() }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.shows(arguments);
        command.env("CARE_WEBHOOK_SECRETS", format!("duty desk={SECRET}")).args(["--listen", &self.address]);
        command
    }

    /// The command without anything that lets it receive.
    pub(crate) fn shows(&self, arguments: &[&str]) -> Command {
        let mut command = example(env!("CARGO_BIN_EXE_care_webhook"));
        command.current_dir(&self.directory).args(arguments);
        command
    }

    /// Starts it, and waits until it listens. It listens there again at the next start.
    pub(crate) fn start(&mut self, command: &mut Command) -> Program {
        let mut program = Program::start(command);
        let line = program.until("Listening at ");
        let address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap();
        self.address = address.to_owned();
        program
    }

    /// A delivery of a call for help, as CareMessenger makes it, but with short pauses.
    pub(crate) fn delivery(&self, secret: &str, body: &str) -> Delivery {
        let url = format!("http://{}/care/{secret}", self.address);
        let schedule = Schedule::default().first_delay(Duration::from_millis(50)).factor(1.0);
        Delivery::to(url, Payload::new("application/json", body.to_owned())).schedule(schedule)
    }

    /// All calls that the file has.
    pub(crate) fn calls(&self) -> Vec<Notification> {
        FileJournal::read_file(self.directory.join("care-webhook.jsonl")).unwrap().notifications
    }
}
