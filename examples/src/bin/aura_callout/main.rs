//! Raises one callout, follows it, and goes on with it after a kill.

mod arguments;
mod follow;
mod server;
mod unfinished;
mod user_token;

use arguments::Arguments;
use aura_client::{CalloutSession, FileSessionStore, Outcome};
use clap::Parser;
use examples::{Failure, Teller, aura::LiveAura, interruption, told};
use server::Server;
use std::{path::Path, process::ExitCode};
use unfinished::Unfinished;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    told(async |teller| run(&arguments, teller).await).await
}

async fn run(arguments: &Arguments, teller: &Teller) -> Result<ExitCode, Failure> {
    let store = FileSessionStore::open(&arguments.state)
        .map_err(|error| Failure::from(error).and(&format!("The state file is {}.", arguments.state.display())))?;
    let unfinished = Unfinished::find(&store).await?;
    if arguments.forget {
        unfinished.forget(&store, teller).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let server = Server::choose(LiveAura::from_env()?, &arguments.state, teller).await?;
    // From here on Ctrl-C can't stop the program between the callout and its id.
    let interrupted = interruption();
    let session = match unfinished {
        Unfinished::None => raise(&server, arguments, &store, teller).await?,
        found => found.resume(&server, &store, teller).await?,
    };
    follow::follow(&server, session, &store, interrupted, teller).await
}

async fn raise(
    server: &Server,
    arguments: &Arguments,
    store: &FileSessionStore,
    teller: &Teller,
) -> Result<CalloutSession, Failure> {
    teller.wait_for("creating the callout");
    let kind = if arguments.real { "REAL" } else { "TEST" };
    teller.say(format!("Raising a {kind} callout."));
    let session = server.aura.raise(arguments.callout(), store).await.map_err(|error| {
        if error.outcome() >= Outcome::Unknown { fate_unknown(&error, store.path()) } else { server.failure(error) }
    })?;
    let (id, file) = (session.id(), store.path().display());
    match session.unsaved() {
        None => teller.say(format!("Callout {id} was created; {file} has its id.")),
        Some(why) => {
            teller.say(format!("Callout {id} was created. Note its id, for {file} could not be written: {why}."))
        }
    }
    Ok(session)
}

/// What to say, and to do, when nobody knows whether the callout exists.
fn fate_unknown(error: &aura_client::Error, state: &Path) -> Failure {
    Failure::unknown(error.report()).and(&format!(
        "The call for help may have come through. No second one was made, and none will be while {} has this one.\n\
         What to do: phone the control room and ask for it, or ask the person. Then run this once with --forget, and after \
         that once more without it if help is still needed.",
        state.display()
    ))
}
