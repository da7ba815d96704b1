//! Follows the changes of LEAP's support requests. A change is acknowledged only once it is written, so a kill loses
//! none.

mod arguments;
mod lines;
mod server;

use crate::{arguments::Arguments, lines::Lines, server::Server};
use clap::Parser;
use examples::{
    Failure, INTERRUPTED, Reporter, Stop,
    leap::{self, LiveLeap},
    run_with_reporter,
};
use futures_util::StreamExt;
use leap_client::{Change, Settled};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    run_with_reporter(async |reporter| run(&arguments, reporter).await).await
}

async fn run(arguments: &Arguments, reporter: &Reporter) -> Result<ExitCode, Failure> {
    let live = LiveLeap::from_env()?;
    let lines = arguments.out.as_deref().map(Lines::open).transpose()?;
    let server = Server::choose(live, arguments, reporter).await?;
    let stop = Stop::after(arguments.time);
    follow(&server, arguments, lines, stop, reporter).await
}

/// Follows the changes until the program is stopped. Failures are printed and retried.
pub(crate) async fn follow(
    server: &Server,
    arguments: &Arguments,
    mut lines: Option<Lines>,
    mut stop: Stop,
    reporter: &Reporter,
) -> Result<ExitCode, Failure> {
    let (mut changes, mut handled) = (server.changes(), 0);
    let mut last_error = None;
    while arguments.changes.is_none_or(|most| handled < most) {
        reporter.wait_for(format!("waiting for changes, {handled} handled so far; Ctrl-C stops the program"));
        let next = tokio::select! {
            biased;
            () = stop.asked() => break,
            next = changes.next() => next,
        };
        match next {
            Some(Ok(change)) => tokio::select! {
                biased;
                is_handled = handle(change, lines.as_mut(), reporter) => handled += u64::from(is_handled?),
                () = stop.insisted() => {
                    reporter.line("Stopped during a change: it is delivered again at the next start.");
                    return Ok(ExitCode::from(INTERRUPTED));
                }
            },
            Some(Err(error)) => {
                reporter.step("poll failed", error.to_string());
                last_error = Some(error);
            }
            // The error before says why.
            None => return Err(last_error.map_or_else(|| Failure::failed("the feed ended"), Failure::from)),
        }
    }
    reporter.line(format!("Stopped. Changes handled and acknowledged: {handled}."));
    match server.pending().await? {
        0 => {}
        count => {
            reporter.line(format!("{count} acknowledgements are unfinished: the next start completes them first."))
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Handles one change, and acknowledges it only once it is written to the file, or to stdout without one. A change that
/// can't be written or acknowledged is delivered again.
async fn handle(change: Change, lines: Option<&mut Lines>, reporter: &Reporter) -> Result<bool, Failure> {
    let printed = reporter.try_step("change", leap::describe_change(&change));
    if let Some(lines) = lines {
        if let Err(error) = lines.write(&change) {
            reporter.step("not written", format!("not acknowledged, so it is delivered again: {error}"));
            change.retry();
            return Ok(false);
        }
    } else {
        printed.map_err(|error| {
            Failure::failed(format!("stdout can't be written, so nothing is acknowledged: {error}"))
        })?;
    }
    reporter.wait_for("acknowledging the current change");
    match change.done().await {
        Ok(Settled::Acknowledged) => Ok(true),
        Ok(settled) => {
            reporter.step("", settled.to_string());
            Ok(true)
        }
        Err(error) => {
            reporter.step("unfinished", format!("checked again later: {error}"));
            Ok(false)
        }
    }
}
