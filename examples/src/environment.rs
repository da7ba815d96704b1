//! The servers that the environment names, in place of emulators.
//!
//! Each service declares its variables once, as a struct that clap reads (`#[arg(long, env = "…")]`). The declarations
//! are parsed against an empty command line, so that a password can't be passed by a flag, where other users of the
//! machine could read it; and the `--help` of each program lists them by [`help`].
//!
//! - A variable that is empty counts as not set.
//! - If a server is named and something else is missing, or two variables contradict each other, the program ends with
//!   a usage error that names the variables and says that nothing was sent.
//! - No error quotes a value.
//!
//! ```
//! use clap::Parser;
//!
//! /// The variables of a shop.
//! #[derive(Parser)]
//! struct ShopVariables {
//!     /// the server, such as https://shop.example.com/
//!     #[arg(long, env = "SHOP_BASE_URL")]
//!     base_url: Option<String>,
//! }
//! let help = examples::environment::help::<ShopVariables>(&[]);
//! assert!(help.contains("SHOP_BASE_URL  the server, such as"));
//! ```

use crate::failure::Failure;
use clap::{CommandFactory, Parser};
use std::{fmt::Write, time::Duration};

/// The width of help texts.
const WIDTH: usize = 118;

/// Reads the variables from the environment.
///
/// # Errors
///
/// A usage error if a variable isn't UTF-8.
pub(crate) fn read<V: Parser>() -> Result<V, Failure> {
    V::try_parse_from([""]).map_err(|_| {
        let names: Vec<_> = V::command().get_arguments().filter_map(env_of).collect();
        Failure::usage(format!("one of these variables is not UTF-8: {}. Nothing was sent.", names.join(", ")))
    })
}

/// The lines of a program's help that list the variables: those of every program, and those under one of these
/// headings.
#[must_use]
pub fn help<V: CommandFactory>(headings: &[&str]) -> String {
    let command = V::command();
    let shown = |argument: &&clap::Arg| {
        argument.get_help_heading().is_none_or(|heading| headings.contains(&heading)) && env_of(argument).is_some()
    };
    let variables: Vec<_> = command.get_arguments().filter(shown).collect();
    let width = variables.iter().filter_map(|variable| Some(env_of(variable)?.len())).max().unwrap_or_default();
    let mut text = String::new();
    for variable in variables {
        let name = env_of(variable).unwrap_or_default();
        let help = variable.get_help().map(ToString::to_string).unwrap_or_default();
        let mut line = format!("  {name:<width$} ");
        for word in help.split_whitespace() {
            if line.len() + 1 + word.len() > WIDTH {
                let _ = writeln!(text, "{line}");
                line = " ".repeat(width + 3);
            }
            line.push(' ');
            line.push_str(word);
        }
        let _ = writeln!(text, "{line}");
    }
    text
}

fn env_of(argument: &clap::Arg) -> Option<String> {
    argument.get_env().map(|name| name.to_string_lossy().into_owned())
}

/// A variable's name, and its value unless that is empty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Variable<'v> {
    name: &'static str,
    value: Option<&'v str>,
}

impl<'v> Variable<'v> {
    pub(crate) fn new(name: &'static str, value: &'v Option<String>) -> Self {
        Self { name, value: value.as_deref().filter(|value| !value.is_empty()) }
    }

    pub(crate) fn name(self) -> &'static str {
        self.name
    }

    pub(crate) fn value(self) -> Option<&'v str> {
        self.value
    }

    /// The value, which is needed because another variable is set.
    ///
    /// # Errors
    ///
    /// A usage error if it isn't set.
    pub(crate) fn required_by(self, other: &str) -> Result<&'v str, Failure> {
        self.value.ok_or_else(|| missing(other, self.name))
    }

    /// The value as a whole number of these units.
    ///
    /// # Errors
    ///
    /// A usage error if it isn't one.
    pub(crate) fn number(self, units: &str) -> Result<Option<u64>, Failure> {
        let number = self.value.map(str::parse).transpose();
        number.map_err(|_| Failure::usage(format!("{} is not a whole number of {units}. Nothing was sent.", self.name)))
    }

    /// The value as a duration in seconds.
    ///
    /// # Errors
    ///
    /// As [`number`](Self::number).
    pub(crate) fn seconds_or(self, default: u64) -> Result<Duration, Failure> {
        Ok(Duration::from_secs(self.number("seconds")?.unwrap_or(default)))
    }
}

/// Two variables that belong together: both values, or none.
///
/// # Errors
///
/// A usage error if only one of them is set.
pub(crate) fn both<'v>(first: Variable<'v>, second: Variable<'v>) -> Result<Option<(&'v str, &'v str)>, Failure> {
    match (first.value, second.value) {
        (Some(first), Some(second)) => Ok(Some((first, second))),
        (Some(_), None) => Err(missing(first.name, second.name)),
        (None, Some(_)) => Err(missing(second.name, first.name)),
        (None, None) => Ok(None),
    }
}

/// Two variables of which at most one may be set: that one, or none.
///
/// # Errors
///
/// A usage error if both are set.
pub(crate) fn at_most_one<'v>(first: Variable<'v>, second: Variable<'v>) -> Result<Option<Variable<'v>>, Failure> {
    match (first.value, second.value) {
        (Some(_), Some(_)) => Err(contradiction(first.name, second.name)),
        (Some(_), None) => Ok(Some(first)),
        (None, Some(_)) => Ok(Some(second)),
        (None, None) => Ok(None),
    }
}

/// The usage error of a variable that is set without another one that it needs.
pub(crate) fn missing(set: &str, missing: &str) -> Failure {
    Failure::usage(format!("{set} is set, but {missing} is missing. Nothing was sent."))
}

/// The usage error of two variables that contradict each other.
pub(crate) fn contradiction(first: &str, second: &str) -> Failure {
    Failure::usage(format!("{first} and {second} are both set: set only one of them. Nothing was sent."))
}

/// Variables with these values, without the process's environment.
#[cfg(test)]
pub(crate) fn with<V: Parser>(set: &[(&str, &str)]) -> V {
    let command = V::command();
    let flag = |name: &str| {
        let argument = command.get_arguments().find(|argument| env_of(argument).as_deref() == Some(name));
        format!("--{}", argument.and_then(clap::Arg::get_long).unwrap_or_else(|| panic!("no variable {name}")))
    };
    let flags = set.iter().map(|(name, value)| format!("{}={value}", flag(name)));
    V::parse_from(std::iter::once(String::new()).chain(flags))
}
