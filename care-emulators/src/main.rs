//! The program `care-emulators`: all emulators on fixed ports, for programs in any language.

mod standalone;

use crate::standalone::{Failure, Options, Running};
use clap::Parser;
use std::{
    future::{Future, poll_fn},
    io::{self, Write},
    pin::pin,
    process::ExitCode,
    task::Poll,
};
use tokio::signal::ctrl_c;

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

/// Starts all emulators and waits for Ctrl-C.
async fn run(options: Options) -> Result<(), Failure> {
    let running = start(&options).await?;
    let failed = |error| Failure::new("can't wait for Ctrl-C", &error);
    let mut interrupted = pin!(ctrl_c());
    // Listen from here on: whoever has read the output may send Ctrl-C at once.
    if let Poll::Ready(end) = poll_fn(|cx| Poll::Ready(interrupted.as_mut().poll(cx))).await {
        return end.map_err(failed);
    }
    let mut out = io::stdout();
    for line in running.iter().flat_map(Running::lines) {
        // The reader may have closed the pipe: the emulators serve all the same.
        let _ = writeln!(out, "{line}");
    }
    let _ = out.flush();
    interrupted.await.map_err(failed)
}
