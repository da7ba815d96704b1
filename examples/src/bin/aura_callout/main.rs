//! Raises one callout, follows it, and resumes it after a kill.
//!
//! The state file is written before the callout is sent and again when its id is known. A start that finds a callout
//! resumes it; a start that finds one of unknown outcome raises no second one until `--forget`.

mod arguments;
mod server;
mod unfinished;

use crate::{arguments::Arguments, server::Server, unfinished::Unfinished};
use aura_client::{CalloutSession, FileSessionStore, Outcome};
use clap::Parser;
use examples::{
    Failure, INTERRUPTED, Reporter,
    aura::{LiveAura, UpdateReporter},
    interruption, run_with_reporter,
};
use futures_util::TryStreamExt;
use std::{path::Path, process::ExitCode};
use tokio::task::JoinHandle;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    run_with_reporter(async |reporter| run(&arguments, reporter).await).await
}

async fn run(arguments: &Arguments, reporter: &Reporter) -> Result<ExitCode, Failure> {
    let store = FileSessionStore::open(&arguments.state)
        .map_err(|error| Failure::from(error).and(&format!("The state file is {}.", arguments.state.display())))?;
    let unfinished = Unfinished::find(&store).await?;
    if arguments.forget {
        unfinished.forget(&store, reporter).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let server = Server::choose(LiveAura::from_env()?, &arguments.state, reporter).await?;
    // From here on Ctrl-C can't end the program between sending the callout and saving its id.
    let interrupted = interruption();
    let session = match unfinished {
        Unfinished::None => raise(&server, arguments, &store, reporter).await?,
        found => found.resume(&server, &store, reporter).await?,
    };
    follow(&server, session, &store, interrupted, reporter).await
}

async fn raise(
    server: &Server,
    arguments: &Arguments,
    store: &FileSessionStore,
    reporter: &Reporter,
) -> Result<CalloutSession, Failure> {
    reporter.wait_for("creating the callout");
    let kind = if arguments.real { "REAL" } else { "TEST" };
    reporter.line(format!("Raising a {kind} callout."));
    let session = server.aura.raise(arguments.callout(), store).await.map_err(|error| {
        if error.outcome() >= Outcome::Unknown { outcome_unknown(&error, store.path()) } else { server.failure(error) }
    })?;
    let (id, file) = (session.id(), store.path().display());
    match session.unsaved() {
        None => reporter.line(format!("Callout {id} was created; {file} holds its id.")),
        Some(why) => reporter.line(format!("Callout {id} was created. Note its id: {file} can't be written: {why}.")),
    }
    Ok(session)
}

/// The failure of a callout whose outcome is unknown, with advice.
fn outcome_unknown(error: &aura_client::Error, state: &Path) -> Failure {
    Failure::unknown(error.report()).and(&format!(
        "The callout may or may not exist. No second one was raised, and none will be while {} holds this one.\n\
         Phone the control room or the person to find out. Then run this program once with --forget, and again without \
         it if help is still needed.",
        state.display()
    ))
}

/// Follows the callout until it is closed or Ctrl-C is pressed.
pub(crate) async fn follow(
    server: &Server,
    session: CalloutSession,
    store: &FileSessionStore,
    mut interrupted: JoinHandle<()>,
    reporter: &Reporter,
) -> Result<ExitCode, Failure> {
    let (id, file) = (session.id(), store.path().display());
    reporter.wait_for(format!("following callout {id} until it is closed; Ctrl-C stops this program, not the callout"));
    let (mut updates, mut update_reporter) = (session.updates(), UpdateReporter::new());
    if session.state().is_dismissed() {
        update_reporter.hide();
    }
    loop {
        let update = tokio::select! {
            update = updates.try_next() => update,
            _ = &mut interrupted => break,
        };
        match update {
            Ok(Some(update)) => update_reporter.report(&update, reporter),
            Ok(None) => {
                reporter.line(format!("Callout {id} is closed and removed from {file}."));
                return Ok(ExitCode::SUCCESS);
            }
            Err(error) => {
                let more =
                    format!("Callout {id} can no longer be followed with these credentials. It stays in {file}.");
                return Err(server.failure(error).and(&more));
            }
        }
    }
    if server.is_embedded() {
        session.abandon().await;
        reporter.line(format!("Stopped. The emulator and its callout {id} end with this program."));
    } else {
        reporter.line(format!("Stopped. Callout {id} continues. Run the same command again to follow it:"));
        reporter.line(format!("{file} holds its id."));
    }
    Ok(ExitCode::from(INTERRUPTED))
}
