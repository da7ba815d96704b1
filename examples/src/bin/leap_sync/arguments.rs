//! The command line: what is written, how often the server is polled, and when the program ends.

use clap::Parser;
use examples::{environment, leap::LeapVariables};
use std::{path::PathBuf, time::Duration};

/// Follows the changes of LEAP's support requests until Ctrl-C or SIGTERM. Its progress is kept in a file, so that a
/// kill loses no change.
///
/// Without LEAP_BASE_URL or LEAP_COMPANY, the program starts an emulator of LEAP's server, with customers for a few
/// seconds.
#[derive(Debug, Parser)]
#[command(name = "leap_sync", version, after_help = after_help())]
pub(crate) struct Arguments {
    /// The file that keeps unfinished acknowledgements for the next start; one file per server [default:
    /// leap-changes.json; none with the emulator]
    #[arg(long, value_name = "FILE")]
    pub(crate) store: Option<PathBuf>,
    /// The interval between two polls [default: 30; with the emulator 0.3]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) interval: Option<Duration>,
    /// Appends each change to this file as a line of JSON, WITH ALL PERSONAL DATA, and acknowledges it only once it is
    /// on disk
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Exits after this time
    #[arg(long = "for", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) time: Option<Duration>,
    /// Exits after this many changes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) changes: Option<u64>,
}

const DELIVERY: &str = "\
Each change is printed in a line without names, mail addresses and texts, and then acknowledged; --out writes all of it.
Delivery is at least once: a change that was being acknowledged during a kill is delivered again.

Ctrl-C or SIGTERM stops the program after the current change; a second one stops it at once, like a kill.";

fn after_help() -> String {
    format!(
        "{DELIVERY}\n\nEnvironment:\n{}\n\
         Exit codes: 0 stopped as requested, 1 failed, 2 usage error, 130 stopped by a second signal.",
        environment::help::<LeapVariables>(&[])
    )
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().map_err(|_| "not a number of seconds")?;
    let time = Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())?;
    let fits = (Duration::from_millis(10)..=Duration::from_secs(86_400)).contains(&time);
    if fits { Ok(time) } else { Err("must be between 0.01 and 86400 s".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_limits() {
        assert_eq!(seconds("0.05"), Ok(Duration::from_millis(50)));
        assert_eq!(seconds("30"), Ok(Duration::from_secs(30)));
        for text in ["", "0", "-1", "0.001", "86401", "inf", "NaN", "1s"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn zero_changes_are_rejected() {
        assert!(Arguments::try_parse_from(["leap_sync", "--changes", "0"]).is_err());
    }
}
