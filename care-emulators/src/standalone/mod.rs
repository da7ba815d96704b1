//! The program: its options, and starting all emulators.

mod emulators;
mod running;

use clap::Parser;
use emulators::Release;
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
    /// The port of the AURA emulator; 0 takes a free port
    #[arg(long, visible_alias = "port", value_name = "PORT", env = "AURA_EMULATOR_PORT", default_value_t = 7001)]
    aura_port: u16,
    /// Plays AURA's control room for every callout, with steps this many milliseconds apart
    #[arg(long, value_name = "MILLISECONDS")]
    autoplay_ms: Option<u64>,
    /// The port of the LEAP emulator; 0 takes a free port
    #[arg(long, value_name = "PORT", env = "LEAP_EMULATOR_PORT", default_value_t = 7002)]
    leap_port: u16,
    /// The port of the Engagement emulator; 0 takes a free port
    #[arg(long, value_name = "PORT", env = "ENGAGEMENT_EMULATOR_PORT", default_value_t = 7003)]
    engagement_port: u16,
    /// The port of the CareMessenger emulator; 0 takes a free port
    #[arg(long, value_name = "PORT", env = "CAREMESSENGER_EMULATOR_PORT", default_value_t = 7004)]
    caremessenger_port: u16,
    /// The port of the Newfies emulator; 0 takes a free port
    #[arg(long, value_name = "PORT", env = "NEWFIES_EMULATOR_PORT", default_value_t = 7005)]
    newfies_port: u16,
    /// The release of Newfies-Dialer to emulate
    #[arg(long, value_enum, default_value_t = Release::G2)]
    newfies_release: Release,
}

fn loopback(text: &str) -> Result<IpAddr, String> {
    let address: IpAddr = text.parse().map_err(|_| "not an IP address".to_owned())?;
    if address.is_loopback() { Ok(address) } else { Err("not a loopback address".to_owned()) }
}

/// Starts all emulators, in the order of their output.
async fn start(options: &Options) -> Result<Vec<Running>, Failure> {
    Ok(vec![
        emulators::aura(options).await?,
        emulators::leap(options).await?,
        emulators::engagement(options).await?,
        emulators::caremessenger(options).await?,
        emulators::newfies(options).await?,
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
