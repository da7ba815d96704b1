//! Lists interventions as a table, or exports them as CSV or JSON lines.

mod arguments;
mod columns;
mod comma;
mod demo;
mod destination;
mod format;
mod json_lines;
mod listing;
mod progress;
mod server;
mod table;

use arguments::Arguments;
use clap::Parser;
use destination::Destination;
use examples::{Failure, INTERRUPTED, engagement::LiveEngagement, interruption};
use progress::Progress;
use server::Server;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let interrupted = interruption();
    // Whatever was written beside a file is removed with the future that wrote it.
    tokio::select! {
        end = run(&arguments) => end.map_or_else(Failure::end, |()| ExitCode::SUCCESS),
        _ = interrupted => ExitCode::from(INTERRUPTED),
    }
}

async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let live = LiveEngagement::from_env()?;
    let destination = Destination::open(arguments.out.as_deref())?;
    let progress = Progress::new();
    let server = Server::choose(live, &progress).await?;
    listing::list(&server, arguments, destination, &progress).await
}
