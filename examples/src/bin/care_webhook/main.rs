//! Receives calls for help from CareMessenger, and answers when the disk has them.

mod arguments;
mod demo;
mod news;
mod receive;
mod server;
mod show;

use arguments::Arguments;
use clap::Parser;
use examples::{Failure, Stop, Teller, told};
use server::Server;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    told(async |teller| run(&arguments, teller).await).await
}

async fn run(arguments: &Arguments, teller: &Teller) -> Result<ExitCode, Failure> {
    if arguments.show {
        show::show(&arguments.journal(), teller)?;
        return Ok(ExitCode::SUCCESS);
    }
    let stop = Stop::after(None);
    let server = Server::choose(arguments, teller).await?;
    receive::receive(server, arguments.calls, stop, teller).await
}
