//! The program `care-emulators`: all emulators on fixed ports, for programs in any language.

mod standalone;

use crate::standalone::{Failure, Options, Running};
use care_emulators::stop_signal;
use clap::Parser;
use std::{
    io::{self, Write},
    process::ExitCode,
};

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("care-emulators: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Starts all emulators, in the order of their output.
async fn start(options: &Options) -> Result<Vec<Running>, Failure> {
    Ok(vec![
        standalone::aura(options).await?,
        standalone::leap(options).await?,
        standalone::engagement(options).await?,
        standalone::caremessenger(options).await?,
        standalone::newfies(options).await?,
    ])
}

/// Starts all emulators and waits for Ctrl-C or SIGTERM.
async fn run(options: Options) -> Result<(), Failure> {
    // From here on: whoever has read the output may stop it at once.
    let stop = stop_signal();
    let running = start(&options).await?;
    let mut out = io::stdout();
    for line in running.iter().flat_map(Running::lines) {
        // The reader may have closed the pipe: the emulators serve all the same.
        let _ = writeln!(out, "{line}");
    }
    let _ = out.flush();
    stop.await;
    Ok(())
}
