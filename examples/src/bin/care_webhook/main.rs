//! Receives calls for help from CareMessenger, and answers each one only once it is on disk.

mod arguments;
mod receive;
mod server;

use crate::{arguments::Arguments, server::Server};
use caremessenger_client::webhook::{Duplicate, JournalEntry, JournalReader};
use clap::Parser;
use examples::{Failure, Reporter, Stop, caremessenger, run_with_reporter};
use std::{path::Path, process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    run_with_reporter(async |reporter| run(&arguments, reporter).await).await
}

async fn run(arguments: &Arguments, reporter: &Reporter) -> Result<ExitCode, Failure> {
    if arguments.show {
        show(&arguments.journal(), reporter)?;
        return Ok(ExitCode::SUCCESS);
    }
    let stop = Stop::after(None);
    let server = Server::choose(arguments, reporter).await?;
    receive::receive(server, arguments.calls, stop, reporter).await
}

/// Prints the calls in a file without personal data.
fn show(path: &Path, reporter: &Reporter) -> Result<(), Failure> {
    let file = path.display();
    let unreadable = |error| Failure::failed(format!("can't read {file}: {error}"));
    let (mut calls, mut marked, mut damaged) = (0, 0, 0);
    for entry in JournalReader::open(path).map_err(unreadable)? {
        match entry.map_err(unreadable)? {
            JournalEntry::Notification(call) => {
                reporter.step("stored", caremessenger::describe_call(&call));
                calls += 1;
                marked += usize::from(call.duplicate != Duplicate::No);
            }
            JournalEntry::Damaged(damage) => {
                reporter.step("damaged", format!("line {} is unreadable", damage.line));
                damaged += 1;
            }
            _ => {}
        }
    }
    reporter.line(format!(
        "{file} holds {calls} calls for help, {marked} of them marked as redeliveries. Unreadable lines: {damaged}."
    ));
    Ok(())
}
