//! Why a program ends early: a text for the user and an exit code.

use aura_client::{Error, Kind, StoreError};
use care_emulators::{aura, caremessenger, engagement, leap, newfies};
use std::{fmt, io, process::ExitCode};

/// Why an example program ends early: a text for the user and an exit code.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    text: String,
}

impl Failure {
    /// A failure: exit code 1.
    pub fn failed(text: impl Into<String>) -> Self {
        Self { code: 1, text: text.into() }
    }

    /// A usage error; nothing was done: exit code 2.
    pub fn usage(text: impl Into<String>) -> Self {
        Self { code: 2, text: text.into() }
    }

    /// The outcome of something that must not be done twice, such as a call for help, is unknown: exit code 3.
    pub fn unknown(text: impl Into<String>) -> Self {
        Self { code: 3, text: text.into() }
    }

    /// Adds a line.
    #[must_use]
    pub fn and(mut self, more: &str) -> Self {
        self.text.push('\n');
        self.text.push_str(more);
        self
    }

    /// Prints it on stderr and returns the exit code.
    #[must_use]
    pub fn exit(self) -> ExitCode {
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

/// An action that an emulator's state forbids is a failure of the program.
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

/// A file of callouts or acknowledgements that can't be opened.
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
