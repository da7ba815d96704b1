use clap::Parser;
use std::{net::SocketAddr, path::PathBuf};

/// Where it listens, unless it is said.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);
/// Where calls are kept, unless it is said.
const JOURNAL: &str = "care-webhook.jsonl";

/// Receives residents' calls for help from CareMessenger until Ctrl-C or SIGTERM. A call is answered when the disk has it, and not before.
///
/// Where neither a secret nor an address nor a file is named, an emulator in this process plays CareMessenger, and a resident who
/// calls.
#[derive(Parser)]
#[command(name = "care_webhook", version, after_help = MORE)]
pub(crate) struct Arguments {
    /// Where it listens for plain http [default: 127.0.0.1:8080; with the emulator any free port]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Who can be called, and the secret that the URL ends in. May be said several times, also for one name; CARE_WEBHOOK_SECRETS
    /// is the better place
    #[arg(long = "secret", value_name = "NAME=SECRET")]
    pub(crate) secrets: Vec<String>,
    /// Where calls are kept, a line of JSON each, WITH ALL PERSONAL DATA [default: care-webhook.jsonl; with the emulator a file that is
    /// removed at the end]
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Ends by itself when so many calls were stored
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) calls: Option<u64>,
    /// Shows which calls the file has, and does nothing else
    #[arg(long, conflicts_with_all = ["listen", "secrets", "calls"])]
    pub(crate) show: bool,
}

const MORE: &str = "\
Each call is shown in a line that has nothing personal: who was called, when, how many bytes came, and whether they came before. A
repetition can't be told from a second call with the same words, so it is kept with a mark, and never dropped.

CareMessenger posts to a URL of the internet. Put a server with TLS in front of this, and register a URL that leads here and ends in
the secret, as https://your-host/care/SECRET. A secret has at least 16 letters, digits and -._ ; `openssl rand -hex 32` prints one.

Ctrl-C or SIGTERM ends it when the posts in hand are answered; a second one ends it at once, as a kill does. What was shown as
stored stays.

Environment:
  CARE_WEBHOOK_SECRETS  who can be called, as NAME=SECRET,NAME=SECRET

Exit codes: 0 ended as wanted, 1 failed, 2 wrongly started, 130 ended by a second signal.";

impl Arguments {
    pub(crate) fn listen(&self) -> SocketAddr {
        self.listen.unwrap_or(LISTEN)
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.journal.clone().unwrap_or_else(|| JOURNAL.into())
    }

    /// Whether somebody means a receiver of their own: a demonstration in its place would leave real calls unanswered.
    pub(crate) fn is_meant(&self) -> bool {
        self.listen.is_some() || self.journal.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_not_received() {
        let parse = |arguments: &[&str]| Arguments::try_parse_from([&["care_webhook"], arguments].concat());
        for wrong in [["--calls", "1"], ["--listen", "127.0.0.1:0"], ["--secret", "a=b"]] {
            assert!(parse(&[&["--show"], &wrong[..]].concat()).is_err(), "{wrong:?}");
        }
        assert!(parse(&["--show", "--journal", "a"]).is_ok());
        assert!(parse(&["--calls", "0"]).is_err());
    }
}
