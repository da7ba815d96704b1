use crate::format::Format;
use clap::{Parser, ValueEnum};
use engagement_client::{ListInterventions, Sort, StatusFilter};
use std::path::PathBuf;

/// Lists interventions: what agents do for customers. As a table, or as CSV or JSON lines for other programs. It only reads.
///
/// Without ENGAGEMENT_BASE_URL or ENGAGEMENT_ACCOUNT an emulator in this process plays Engagement's server, with interventions
/// that are made up.
#[derive(Debug, Parser)]
#[command(name = "engagement_inbox", version, after_help = MORE)]
pub(crate) struct Arguments {
    /// Which ones are listed
    #[arg(long, value_enum, default_value_t = Status::Opened)]
    status: Status,
    /// Only those of this conversation
    #[arg(long, value_name = "ID")]
    thread: Option<String>,
    /// Only those that this user is in charge of
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    /// By what they are sorted, newest first
    #[arg(long, value_enum, default_value_t = Order::Created)]
    sort: Order,
    /// In which form they are written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// Writes to this file instead of stdout, in the place of one that is there. Only its owner can read it, and it comes there
    /// only when it is whole
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// How many are asked for at a time, 1 to 150
    #[arg(long, value_name = "N", default_value_t = 150, value_parser = clap::value_parser!(u32).range(1..=150))]
    limit: u32,
    /// Ends after this many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) most: Option<u64>,
}

const MORE: &str = "\
All pages are read. New interventions may come in meanwhile: none of those that stay is left out, and none comes twice. With
--sort updated, one that changes meanwhile moves to the head, and may be left out: to export all, sort by created.

The forms:
  table  for people: without custom fields. `state` is the service's label, in the language of the account
  csv    all but custom fields, with a line of names. A text that a spreadsheet would take for a formula gets a ' in front, and
         control characters become blanks; several categories stand in one cell, with blanks between them
  jsonl  one object of JSON a line: all of the intervention, WITH CUSTOM FIELDS, which can hold anything, also of a person

A row that can't be read is told on stderr, and the others are listed all the same. So is all else that isn't the list.

Environment:
  ENGAGEMENT_BASE_URL      the server to talk to, as https://acme.api.digital.ringcentral.com/1.0, or else:
  ENGAGEMENT_ACCOUNT       the account's name, as acme; without either an emulator is started
  ENGAGEMENT_PLATFORM      where that account lives: dimelo or ringcentral [default: dimelo]
  ENGAGEMENT_ACCESS_TOKEN  an API access token of the account
  ENGAGEMENT_IMPERSONATE   the id of the user to act as; without it the token's user acts

Exit codes: 0 all was listed, 1 failed, or a row can't be read, 2 wrongly started, 130 ended by Ctrl-C.";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Status {
    /// Open, and not put off
    Active,
    /// Open, put off or not. Whether the service has reopened ones among them isn't documented: see `reopened`
    Opened,
    /// Put off until a time
    Deferred,
    /// Opened again after they were closed
    Reopened,
    /// Closed, and not opened again
    Closed,
    /// All of these
    All,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    /// When they were opened
    Created,
    /// When they last changed
    Updated,
}

impl Arguments {
    /// The list that is asked for.
    pub(crate) fn list(&self) -> ListInterventions {
        // No more is sent than is wanted.
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
    fn what_is_open_is_listed_unless_something_else_is_said() {
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
    fn no_more_is_asked_for_than_is_wanted() {
        let limit = |rows| ListInterventions::new().status(StatusFilter::Opened).sort(Sort::CreatedAt).limit(rows);
        assert_eq!(list(&["--most", "3"]), limit(3));
        assert_eq!(list(&["--most", "300", "--limit", "20"]), limit(20));
        assert_eq!(list(&["--most", "5000000000"]), limit(150));
        for wrong in [["--most", "0"], ["--limit", "0"], ["--limit", "151"], ["--status", "open"]] {
            assert!(Arguments::try_parse_from(["engagement_inbox", wrong[0], wrong[1]]).is_err(), "{wrong:?}");
        }
    }
}
