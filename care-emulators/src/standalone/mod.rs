//! The program: its options, and starting all emulators.

mod aura;
mod caremessenger;
mod engagement;
mod leap;
mod newfies;
mod running;

use clap::Parser;
use running::{Failure, Running};
use std::{
    future::{Future, poll_fn},
    io::{self, Write},
    net::IpAddr,
    pin::pin,
    task::Poll,
};
use tokio::signal::ctrl_c;

/// Starts all emulators on fixed ports of this machine, prints how to reach them, and serves until Ctrl-C.
#[derive(Debug, Parser)]
#[command(name = "care-emulators", version)]
pub(crate) struct Options {
    /// The loopback address to listen on; anybody who can reach an emulator controls it
    #[arg(long, default_value = "127.0.0.1", value_parser = loopback)]
    host: IpAddr,
    #[command(flatten)]
    aura: aura::AuraOptions,
    #[command(flatten)]
    leap: leap::LeapOptions,
    #[command(flatten)]
    engagement: engagement::EngagementOptions,
    #[command(flatten)]
    caremessenger: caremessenger::CareMessengerOptions,
    #[command(flatten)]
    newfies: newfies::NewfiesOptions,
}

fn loopback(text: &str) -> Result<IpAddr, String> {
    let address: IpAddr = text.parse().map_err(|_| "not an IP address".to_owned())?;
    if address.is_loopback() { Ok(address) } else { Err("not a loopback address".to_owned()) }
}

/// Starts all emulators, in the order of their output.
async fn start(options: &Options) -> Result<Vec<Running>, Failure> {
    Ok(vec![
        aura::start(options.host, &options.aura).await?,
        leap::start(options.host, &options.leap).await?,
        engagement::start(options.host, &options.engagement).await?,
        caremessenger::start(options.host, &options.caremessenger).await?,
        newfies::start(options.host, &options.newfies).await?,
    ])
}

/// Starts all emulators and waits for Ctrl-C.
pub(crate) async fn run(options: Options) -> Result<(), Failure> {
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
