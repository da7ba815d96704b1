//! The command line: which interventions are listed, in which format, and where to.

use crate::format::Format;
use clap::{Parser, ValueEnum};
use engagement_client::{ListInterventions, Sort, StatusFilter};
use examples::{engagement::EngagementVariables, environment};
use std::path::PathBuf;

/// Lists interventions (what agents do for customers) as a table, CSV or JSON lines. It only reads.
///
/// Without ENGAGEMENT_BASE_URL or ENGAGEMENT_ACCOUNT, the program starts an emulator with made-up interventions.
#[derive(Debug, Parser)]
#[command(name = "engagement_inbox", version, after_help = after_help())]
pub(crate) struct Arguments {
    /// Lists interventions with this status
    #[arg(long, value_enum, default_value_t = Status::Opened)]
    status: Status,
    /// Lists only this conversation (thread)
    #[arg(long, value_name = "ID")]
    thread: Option<String>,
    /// Lists only interventions assigned to this user
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    /// The order, newest first
    #[arg(long, value_enum, default_value_t = Order::Created)]
    sort: Order,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// Writes to this file instead of stdout. It is readable only by its owner, and replaces an existing file only when
    /// complete
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The page size, 1 to 150
    #[arg(long, value_name = "N", default_value_t = 150, value_parser = clap::value_parser!(u32).range(1..=150))]
    limit: u32,
    /// The maximum number of interventions
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) most: Option<u64>,
}

const FORMATS: &str = "\
All pages are read. If interventions arrive meanwhile, none of the existing ones is skipped or repeated. With --sort
updated, one that changes meanwhile moves to the head and may be skipped: to export everything, sort by created.

Formats:
  table  for people, without custom fields; `state` is the service's label, in the language of the account
  csv    everything except custom fields, with a header. Text that a spreadsheet would take for a formula is prefixed
         with ', control characters become blanks, and several categories are separated by blanks
  jsonl  one JSON object per line with everything, INCLUDING CUSTOM FIELDS, which can hold personal data

Rows that can't be decoded are reported on stderr, like everything else that isn't the list.";

fn after_help() -> String {
    format!(
        "{FORMATS}\n\nEnvironment:\n{}\n\
         Exit codes: 0 everything was listed, 1 failed or a row can't be decoded, 2 usage error, 130 interrupted.",
        environment::help::<EngagementVariables>(&[])
    )
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Status {
    /// Open and not deferred
    Active,
    /// Open, deferred or not. Whether this includes reopened ones isn't documented: see `reopened`
    Opened,
    /// Deferred until a certain time
    Deferred,
    /// Reopened after being closed
    Reopened,
    /// Closed
    Closed,
    /// All of these
    All,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    /// By the time of opening
    Created,
    /// By the time of the last change
    Updated,
}

impl Arguments {
    /// The list to request.
    pub(crate) fn list(&self) -> ListInterventions {
        // No larger page is requested than needed.
        let most = self.most.and_then(|most| u32::try_from(most).ok()).unwrap_or(u32::MAX);
        let mut list = ListInterventions::new().limit(self.limit.min(most));
        if let Some(status) = self.status.filter() {
            list = list.status(status);
        }
        if let Some(thread) = &self.thread {
            list = list.thread(thread.as_str());
        }
        if let Some(user) = &self.user {
            list = list.user(user.as_str());
        }
        list.sort(match self.sort {
            Order::Created => Sort::CreatedAt,
            Order::Updated => Sort::UpdatedAt,
        })
    }
}

impl Status {
    fn filter(self) -> Option<StatusFilter> {
        Some(match self {
            Self::Active => StatusFilter::Active,
            Self::Opened => StatusFilter::Opened,
            Self::Deferred => StatusFilter::Deferred,
            Self::Reopened => StatusFilter::Reopened,
            Self::Closed => StatusFilter::Closed,
            Self::All => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(arguments: &[&str]) -> ListInterventions {
        Arguments::try_parse_from([&["engagement_inbox"], arguments].concat()).unwrap().list()
    }

    #[test]
    fn open_interventions_are_listed_by_default() {
        let opened = ListInterventions::new().status(StatusFilter::Opened).sort(Sort::CreatedAt);
        assert_eq!(list(&[]), opened);
        for (status, filter) in [
            ("active", StatusFilter::Active),
            ("deferred", StatusFilter::Deferred),
            ("reopened", StatusFilter::Reopened),
            ("closed", StatusFilter::Closed),
        ] {
            assert_eq!(list(&["--status", status]), opened.clone().status(filter));
        }
        assert_eq!(list(&["--status", "all"]), ListInterventions::new().sort(Sort::CreatedAt));
        let all = ["--thread", "t", "--user", "u", "--sort", "updated", "--limit", "7"];
        assert_eq!(list(&all), opened.thread("t").user("u").sort(Sort::UpdatedAt).limit(7));
    }

    #[test]
    fn no_larger_page_is_requested_than_needed() {
        let limit = |rows| ListInterventions::new().status(StatusFilter::Opened).sort(Sort::CreatedAt).limit(rows);
        assert_eq!(list(&["--most", "3"]), limit(3));
        assert_eq!(list(&["--most", "300", "--limit", "20"]), limit(20));
        assert_eq!(list(&["--most", "5000000000"]), limit(150));
        for wrong in [["--most", "0"], ["--limit", "0"], ["--limit", "151"], ["--status", "open"]] {
            assert!(Arguments::try_parse_from(["engagement_inbox", wrong[0], wrong[1]]).is_err(), "{wrong:?}");
        }
    }
}
