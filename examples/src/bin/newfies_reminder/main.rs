//! Schedules one reminder, waits for its result, and makes nothing twice when it is started again.

mod arguments;
mod demo;
mod schedule;
mod server;
mod span;
mod wait;

use arguments::Arguments;
use clap::Parser;
use examples::{Failure, Teller, interruption, newfies::LiveNewfies};
use server::Server;
use std::process::ExitCode;

/// What a shell says of a program that was ended by Ctrl-C.
const INTERRUPTED: u8 = 130;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let teller = Teller::new();
    let interrupted = interruption();
    let end = tokio::select! {
        end = run(&arguments, &teller) => end,
        _ = interrupted => {
            teller.say("Stopped. What was scheduled by then stays, where the server isn't the emulator that ends with this program. Run the");
            teller.say("same command line again to go on: it makes nothing twice.");
            Ok(ExitCode::from(INTERRUPTED))
        }
    };
    drop(teller);
    end.unwrap_or_else(Failure::end)
}

async fn run(arguments: &Arguments, teller: &Teller) -> Result<ExitCode, Failure> {
    let live = LiveNewfies::from_env()?;
    if live.is_some() && !arguments.says_what() {
        return Err(Failure::usage(
            "NEWFIES_BASE_URL is set, so somebody may really be called: say by --name, --title, --at, and --phone or --mail, whom \
             to remind of what. Nothing was sent.",
        ));
    }
    let server = Server::choose(live, teller).await?;
    let scheduled = schedule::run(&server, arguments, teller).await?;
    if arguments.no_wait {
        teller.say("It isn't waited for. The same command line without --no-wait makes nothing again, and waits.");
        return Ok(ExitCode::SUCCESS);
    }
    wait::run(&server, arguments, &scheduled, teller).await
}
