use super::{Program, example};
use care_emulators::leap::Emulator;
use leap_client::FileChangeStore;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How `leap_sync` is started in a directory, again and again.
pub(crate) struct LeapSync {
    pub(crate) directory: PathBuf,
    root: String,
    user: String,
    password: String,
}

impl LeapSync {
    /// One that talks to an emulator of the test's own.
    pub(crate) fn of(emulator: &Emulator, directory: PathBuf) -> Self {
        let (user, password) = (emulator.username().to_owned(), emulator.password().to_owned());
        Self { directory, root: emulator.base_url(), user, password }
    }

    /// One that looks often, and writes changes to a file.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = example(env!("CARGO_BIN_EXE_leap_sync"));
        command.env("LEAP_BASE_URL", &self.root).env("LEAP_USER", &self.user).env("LEAP_PASSWORD", &self.password);
        command.current_dir(&self.directory).args(["--interval", "0.05"]).args(arguments);
        command
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Program {
        Program::start(&mut self.command(arguments))
    }

    /// The requests that the next start will look at.
    pub(crate) fn store(&self) -> Vec<String> {
        let entries = FileChangeStore::read(self.directory.join("leap-changes.json")).unwrap();
        entries.into_iter().map(|entry| entry.id.as_str().to_owned()).collect()
    }

    pub(crate) fn lines(&self) -> Vec<Value> {
        lines(&self.directory.join("out.jsonl"))
    }
}

/// The lines of a file.
pub(crate) fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Waits until it is so. The guard is only against waiting for ever.
pub(crate) fn until(what: &str, is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < Duration::from_secs(120), "it never came to this: {what}");
        sleep(Duration::from_millis(2));
    }
}
