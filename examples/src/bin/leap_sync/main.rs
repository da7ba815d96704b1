//! Follows the changes of LEAP's support requests, and loses none to a kill.

mod arguments;
mod demo;
mod follow;
mod lines;
mod server;

use arguments::Arguments;
use clap::Parser;
use examples::{Failure, Stop, Teller, leap::LiveLeap, told};
use lines::Lines;
use server::Server;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    told(async |teller| run(&arguments, teller).await).await
}

async fn run(arguments: &Arguments, teller: &Teller) -> Result<ExitCode, Failure> {
    let live = LiveLeap::from_env()?;
    let lines = arguments.out.as_deref().map(Lines::open).transpose()?;
    let server = Server::choose(live, arguments, teller).await?;
    let stop = Stop::after(arguments.time);
    follow::follow(&server, arguments, lines, stop, teller).await
}
