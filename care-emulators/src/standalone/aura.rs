//! Starts the AURA emulator, and lists how to reach it.

use super::running::{Failure, Running};
use care_emulators::aura::Emulator;
use clap::Args;
use std::{net::IpAddr, time::Duration};

#[derive(Debug, Args)]
pub(crate) struct AuraOptions {
    /// The port of the AURA emulator; 0 takes a free port
    #[arg(long = "aura-port", visible_alias = "port", env = "AURA_EMULATOR_PORT", default_value_t = 7001)]
    port: u16,
    /// Plays AURA's control room for every callout, with steps this many milliseconds apart
    #[arg(long, value_name = "MILLISECONDS")]
    autoplay_ms: Option<u64>,
}

pub(crate) async fn start(host: IpAddr, options: &AuraOptions) -> Result<Running, Failure> {
    let address = (host, options.port).into();
    let mut builder = Emulator::builder().address(address);
    if let Some(step) = options.autoplay_ms {
        builder = builder.autoplay(Duration::from_millis(step));
    }
    let hint = "choose another port with --port or AURA_EMULATOR_PORT";
    let emulator = builder.start().await.map_err(|error| Failure::at(address, hint, &error))?;
    let url = emulator.url();
    let facts = [
        ("url", url.clone()),
        ("path prefix", emulator.path_prefix().to_owned()),
        ("client id", emulator.client_id().to_owned()),
        ("client secret", emulator.client_secret().to_owned()),
        ("callouts", format!("GET {url}/_emulator/callouts")),
        ("act", format!("POST {url}/_emulator/callouts/{{id}}/{{{}}}", Emulator::ACTIONS.join("|"))),
        ("say", format!("POST {url}/_emulator/callouts/{{id}}/say {{\"text\":\"…\"}}")),
    ];
    Ok(Running::new("aura", &facts, emulator))
}
