use clap::Parser;
use std::{path::PathBuf, time::Duration};

/// Follows the changes of LEAP's support requests until Ctrl-C, and keeps its place in a file, so that a kill loses none.
///
/// Without LEAP_BASE_URL or LEAP_COMPANY an emulator in this process plays LEAP's server, and its customers for a few seconds.
#[derive(Debug, Parser)]
#[command(name = "leap_sync", version, after_help = MORE)]
pub(crate) struct Arguments {
    /// Where it is kept what is being acknowledged, for the next start; one file for one server [default: leap-changes.json;
    /// with the emulator none, for it forgets all when this ends]
    #[arg(long, value_name = "FILE")]
    pub(crate) store: Option<PathBuf>,
    /// The time from one look at the server to the next [default: 30; with the emulator 0.3]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) interval: Option<Duration>,
    /// Adds each change to this file as a line of JSON, WITH ALL PERSONAL DATA, and acknowledges it only when the disk has it
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Ends by itself after this time
    #[arg(long = "for", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) time: Option<Duration>,
    /// Ends by itself after this many changes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) changes: Option<u64>,
}

const MORE: &str = "\
Each change is shown in a line without names, mail addresses and texts, and then acknowledged; see --out for all of it. At least
once, and not exactly once: a change that was being acknowledged when this was killed is delivered again.

Ctrl-C ends it after the change in hand; a second Ctrl-C ends it at once, as a kill does.

Environment:
  LEAP_BASE_URL  the server to talk to, as https://acme.leapcities.com/api/v1/, or else:
  LEAP_COMPANY   the company's name, as acme; without either an emulator is started
  LEAP_USER      with
  LEAP_PASSWORD  what the operator made for your External System

Exit codes: 0 ended as wanted, 1 failed, 2 wrongly started, 130 ended by a second Ctrl-C.";

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().map_err(|_| "it is no number of seconds")?;
    let time = Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())?;
    let fits = (Duration::from_millis(10)..=Duration::from_secs(86_400)).contains(&time);
    if fits { Ok(time) } else { Err("it must be between 0.01 and 86400 s".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_neither_nothing_nor_endless() {
        assert_eq!(seconds("0.05"), Ok(Duration::from_millis(50)));
        assert_eq!(seconds("30"), Ok(Duration::from_secs(30)));
        for text in ["", "0", "-1", "0.001", "86401", "inf", "NaN", "1s"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn no_changes_at_all_are_no_number_of_changes() {
        assert!(Arguments::try_parse_from(["leap_sync", "--changes", "0"]).is_err());
    }
}
