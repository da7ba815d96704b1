use aura_client::{Error, Kind, StoreError};
use care_emulators::{aura, caremessenger, engagement, leap, newfies};
use std::{fmt, io, process::ExitCode};

/// Why an example program ends early, in words for whoever started it, and with which exit code.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    text: String,
}

impl Failure {
    /// Something went wrong: exit code 1.
    pub fn failed(text: impl Into<String>) -> Self {
        Self { code: 1, text: text.into() }
    }

    /// The program was started in a way that can't work, and did nothing: exit code 2.
    pub fn usage(text: impl Into<String>) -> Self {
        Self { code: 2, text: text.into() }
    }

    /// Nobody knows whether something was done that must not be done twice, such as a call for help: exit code 3.
    pub fn unknown(text: impl Into<String>) -> Self {
        Self { code: 3, text: text.into() }
    }

    /// Adds what else there is to know.
    #[must_use]
    pub fn and(mut self, more: &str) -> Self {
        self.text.push('\n');
        self.text.push_str(more);
        self
    }

    /// Tells it on stderr, and gives the exit code.
    #[must_use]
    pub fn end(self) -> ExitCode {
        eprintln!("error: {self}");
        ExitCode::from(self.code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if error.kind() == Kind::Config { Self::usage(error.report()) } else { Self::failed(error.report()) }
    }
}

/// What an emulator's world can't do is a failure of the program that asks for it.
macro_rules! from_control_errors {
    ($($service:ident)*) => {$(
        impl From<$service::ControlError> for Failure {
            fn from(error: $service::ControlError) -> Self {
                Self::failed(error.to_string())
            }
        }
    )*};
}

from_control_errors!(aura caremessenger engagement leap newfies);

/// A state file that can't be opened: another path, or another program's end, mends it.
impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::failed(error.to_string())
    }
}
