//! The program `care-emulators`: all emulators on fixed ports, for programs in any language.

mod standalone;

use clap::Parser;
use standalone::Options;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match standalone::run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("care-emulators: {failure}");
            ExitCode::FAILURE
        }
    }
}
