use super::{Program, example, program::End};
use care_emulators::engagement::Emulator;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// How `engagement_inbox` is started in a directory, again and again.
pub(crate) struct Inbox {
    pub(crate) directory: PathBuf,
    pub(crate) url: String,
    token: String,
}

impl Inbox {
    /// One that talks to an emulator of the test's own.
    pub(crate) fn of(emulator: &Emulator, directory: PathBuf) -> Self {
        Self { directory, url: emulator.base_url(), token: emulator.access_token().to_owned() }
    }

    /// One that talks to whoever is there.
    pub(crate) fn at(url: &str, directory: PathBuf) -> Self {
        Self { directory, url: url.to_owned(), token: "canary-token".to_owned() }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = example(env!("CARGO_BIN_EXE_engagement_inbox"));
        command.env("ENGAGEMENT_BASE_URL", &self.url).env("ENGAGEMENT_ACCESS_TOKEN", &self.token);
        command.current_dir(&self.directory).args(arguments);
        command
    }

    /// Runs it to its end. Whatever happens, it never shows the token.
    pub(crate) fn run(&self, arguments: &[&str]) -> End {
        let end = Program::run(&mut self.command(arguments));
        assert!(!end.stdout.contains(&self.token) && !end.stderr.contains(&self.token), "{end:?}");
        end
    }

    /// Runs it to a good end, and gives what it lists.
    pub(crate) fn lists(&self, arguments: &[&str]) -> String {
        let end = self.run(arguments);
        assert_eq!(end.code, Some(0), "{}", end.stderr);
        end.stdout
    }

    /// The names of all files in the directory.
    pub(crate) fn files(&self) -> Vec<String> {
        let files = fs::read_dir(&self.directory).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }
}
