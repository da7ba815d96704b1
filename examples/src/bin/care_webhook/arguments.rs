//! The command line: where the program listens, who may call, and where calls are kept.

use clap::Parser;
use std::{net::SocketAddr, path::PathBuf};

/// The default address.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);
/// The default file.
const JOURNAL: &str = "care-webhook.jsonl";

/// Receives residents' calls for help from CareMessenger until Ctrl-C or SIGTERM. A call is answered only once it is on
/// disk.
///
/// Without a secret, address or file, the program starts an emulator of CareMessenger with a resident who calls.
#[derive(Parser)]
#[command(name = "care_webhook", version, after_help = MORE)]
pub(crate) struct Arguments {
    /// The address to listen on, for plain http [default: 127.0.0.1:8080; with the emulator any free port]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// A notifier and the secret at the end of its URL. Can be repeated, also for one name. Prefer
    /// CARE_WEBHOOK_SECRETS: other users can read the command line
    #[arg(long = "secret", value_name = "NAME=SECRET")]
    pub(crate) secrets: Vec<String>,
    /// The file that keeps calls as JSON lines, WITH ALL PERSONAL DATA [default: care-webhook.jsonl; with the emulator
    /// a temporary file]
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Exits after this many calls
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) calls: Option<u64>,
    /// Only prints the calls in the file
    #[arg(long, conflicts_with_all = ["listen", "secrets", "calls"])]
    pub(crate) show: bool,
}

const MORE: &str = "\
Each call is printed in a line without personal data: which notifier was called, when, how many bytes were posted, and
whether it looks like a redelivery. A redelivery can't be distinguished from a second call with the same text, so it is
marked and never dropped.

CareMessenger posts to a public URL. Put a server with TLS in front of this program, and register a URL that leads here
and ends in the secret, such as https://your-host/care/SECRET. A secret has at least 16 letters, digits and -._ ;
`openssl rand -hex 32` creates one.

Ctrl-C or SIGTERM stops the program once the posts in flight are answered; a second one stops it at once, like a kill.
What was printed as stored stays.

Environment:
  CARE_WEBHOOK_SECRETS  the notifiers, as NAME=SECRET,NAME=SECRET

Exit codes: 0 stopped as requested, 1 failed, 2 usage error, 130 stopped by a second signal.";

impl Arguments {
    pub(crate) fn listen(&self) -> SocketAddr {
        self.listen.unwrap_or(LISTEN)
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.journal.clone().unwrap_or_else(|| JOURNAL.into())
    }

    /// Whether a real receiver is intended: a demonstration in its place would leave real calls unanswered.
    pub(crate) fn is_real(&self) -> bool {
        self.listen.is_some() || self.journal.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn show_excludes_receiving() {
        let parse = |arguments: &[&str]| Arguments::try_parse_from([&["care_webhook"], arguments].concat());
        for wrong in [["--calls", "1"], ["--listen", "127.0.0.1:0"], ["--secret", "a=b"]] {
            assert!(parse(&[&["--show"], &wrong[..]].concat()).is_err(), "{wrong:?}");
        }
        assert!(parse(&["--show", "--journal", "a"]).is_ok());
        assert!(parse(&["--calls", "0"]).is_err());
    }
}
