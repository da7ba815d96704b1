//! The tour: what each service does, played over real HTTP and told step by step.

mod aura;

use clap::Parser;
use examples::{Failure, Teller};
use std::process::ExitCode;

/// Plays what the services do over real HTTP, and tells it step by step: against emulators in this process, or against the
/// servers that the environment names.
#[derive(Debug, Parser)]
#[command(name = "tour", version, after_help = ENVIRONMENT)]
struct Arguments {}

const ENVIRONMENT: &str = "\
Environment, for AURA:
  AURA_BASE_URL       the server to talk to; without it an emulator is started
  AURA_USER_TOKEN     the token of one user, or else:
  AURA_CLIENT_ID      with
  AURA_CLIENT_SECRET  the credentials that AURA gave you
  AURA_PATH_PREFIX    what stands before every path, if it isn't /panic-api; may be empty
  AURA_POLL_MS        the shortest time between two polls [default: 10000, as AURA recommends]
  AURA_WATCH_SECONDS  how long a callout on that server is followed [default: 120]";

#[tokio::main]
async fn main() -> ExitCode {
    Arguments::parse();
    let teller = Teller::new();
    let end = tour(&teller).await;
    drop(teller);
    end.map_or_else(Failure::end, |()| ExitCode::SUCCESS)
}

async fn tour(teller: &Teller) -> Result<(), Failure> {
    aura::tell(teller).await
}
