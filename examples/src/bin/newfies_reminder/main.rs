//! Schedules one reminder and waits for its result. It is idempotent: the same command line again creates no
//! duplicates.

mod arguments;
mod server;

use crate::{arguments::Arguments, server::Server};
use chrono::Utc;
use clap::Parser;
use examples::{
    Failure, INTERRUPTED, Reporter, interruption,
    newfies::{self, LiveNewfies},
};
use newfies_client::{
    AlarmEnd, AlarmId, AlarmResult, Error, Finished, Kind, Outcome, Scheduled, WaitForResult, WorkflowFailure,
};
use std::{process::ExitCode, time::Duration};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let reporter = Reporter::new();
    let interrupted = interruption();
    let end = tokio::select! {
        end = run(&arguments, &reporter) => end,
        _ = interrupted => {
            reporter.line("Stopped. On a real server, everything scheduled so far stays.");
            reporter.line("Run the same command line again to continue: it creates no duplicates.");
            Ok(ExitCode::from(INTERRUPTED))
        }
    };
    drop(reporter);
    end.unwrap_or_else(Failure::exit)
}

async fn run(arguments: &Arguments, reporter: &Reporter) -> Result<ExitCode, Failure> {
    let live = LiveNewfies::from_env()?;
    if live.is_some() && !arguments.has_reminder() {
        return Err(Failure::usage(
            "NEWFIES_BASE_URL is set, so a real person may be called: set --name, --title, --at, and --phone or \
             --mail. Nothing was sent.",
        ));
    }
    let server = Server::choose(live, reporter).await?;
    let scheduled = schedule(&server, arguments, reporter).await?;
    if arguments.no_wait {
        reporter
            .line("Not waiting for its result. The same command line without --no-wait waits, and creates nothing.");
        return Ok(ExitCode::SUCCESS);
    }
    wait(&server, arguments, &scheduled, reporter).await
}

/// Creates everything that doesn't exist yet, and reports it.
async fn schedule(server: &Server, arguments: &Arguments, reporter: &Reporter) -> Result<Scheduled, Failure> {
    let reminder = server.reminder(arguments).map_err(failure)?;
    reporter.wait_for("scheduling the reminder");
    let scheduled = server.newfies.schedule_reminder(reminder).await.map_err(failure)?;
    let (event, made) = (scheduled.event, newfies::describe_created(&scheduled.created));
    let alarms: Vec<_> = scheduled.alarms.iter().map(ToString::to_string).collect();
    reporter.line(format!("Event {event} is scheduled, with alarm {}. This run created {made}.", alarms.join(" and ")));
    Ok(scheduled)
}

fn failure(error: Error) -> Failure {
    let is_write = [".create", ".update"].iter().any(|verb| error.operation().ends_with(verb));
    if error.outcome() >= Outcome::Unknown && is_write && WorkflowFailure::of(&error).is_none() {
        return Failure::unknown(error.report()).and(
            "It may or may not have been created, and no second request was sent. Run the same command line again: it \
             checks what exists and continues from there.",
        );
    }
    match (error.kind(), WorkflowFailure::of(&error)) {
        // Only the command line can cause this.
        (Kind::Request, None) => Failure::usage(error.report()).and("Nothing was sent."),
        (_, Some(WorkflowFailure::NoSuchUser)) => Failure::from(error).and(
            "The user is that of --name. With NEWFIES_NEW_USER_PASSWORD set, they are created if the server supports \
             it.",
        ),
        (_, Some(WorkflowFailure::NoSurvey)) => Failure::from(error).and("Set --survey."),
        (_, Some(WorkflowFailure::NaiveTimes)) => Failure::from(error).and("Set NEWFIES_UTC_OFFSET."),
        (Kind::Config, _) => error.into(),
        _ => {
            Failure::from(error).and("Everything created so far stays, and the same command line continues from there.")
        }
    }
}

/// The exit code of a call that was answered but not confirmed.
const NOT_CONFIRMED: u8 = 4;
/// The exit code if no attempt succeeded, or none was made in time.
const NOT_REACHED: u8 = 5;
/// The polling interval with an emulator.
const SHORT_INTERVAL: Duration = Duration::from_secs(5);

/// Waits for the final result of the first alarm.
async fn wait(
    server: &Server,
    arguments: &Arguments,
    scheduled: &Scheduled,
    reporter: &Reporter,
) -> Result<ExitCode, Failure> {
    let Some(&alarm) = scheduled.alarms.first() else { return Err(Failure::failed("no alarm was created")) };
    reporter.wait_for(format!("waiting for the result of alarm {alarm}; Ctrl-C stops this program, not the alarm"));
    let wait = server.newfies.wait_for_result(alarm).with_timeout(arguments.longest_wait(Utc::now()));
    let finished = match &server.emulator {
        None => finish(wait, alarm).await?,
        Some(emulator) => {
            let wait = finish(wait.with_interval(SHORT_INTERVAL), alarm);
            tokio::try_join!(wait, server::play_demo(emulator, arguments, alarm, reporter))?.0
        }
    };
    reporter.line(format!("Alarm {alarm}: {}.", newfies::describe_result(&finished)));
    Ok(code(&finished, arguments.is_call()))
}

async fn finish(wait: WaitForResult, alarm: AlarmId) -> Result<Finished, Failure> {
    wait.await.map_err(|error| {
        let more = format!("Alarm {alarm} stays scheduled. Run the same command line again to continue waiting.");
        Failure::from(error).and(&more)
    })
}

fn code(finished: &Finished, is_call: bool) -> ExitCode {
    match (finished.end, finished.result()) {
        (AlarmEnd::Succeeded, _) if !is_call => ExitCode::SUCCESS,
        (AlarmEnd::Succeeded, AlarmResult::Confirmed) => ExitCode::SUCCESS,
        (AlarmEnd::Succeeded, _) => ExitCode::from(NOT_CONFIRMED),
        _ => ExitCode::from(NOT_REACHED),
    }
}
