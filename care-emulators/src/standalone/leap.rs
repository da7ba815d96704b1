//! Starts the LEAP emulator, and lists how to reach it.

use super::running::{Failure, Running};
use care_emulators::leap::Emulator;
use clap::Args;
use std::net::IpAddr;

#[derive(Debug, Args)]
pub(crate) struct LeapOptions {
    /// The port of the LEAP emulator; 0 takes a free port
    #[arg(long, value_name = "PORT", env = "LEAP_EMULATOR_PORT", default_value_t = 7002)]
    leap_port: u16,
}

pub(crate) async fn start(host: IpAddr, options: &LeapOptions) -> Result<Running, Failure> {
    let address = (host, options.leap_port).into();
    let hint = "choose another port with --leap-port or LEAP_EMULATOR_PORT";
    let started = Emulator::builder().address(address).start().await;
    let emulator = started.map_err(|error| Failure::at(address, hint, &error))?;
    let requests = format!("{}/_emulator/requests", emulator.url());
    let facts = [
        ("url", emulator.url()),
        ("base url", emulator.base_url()),
        ("username", emulator.username().to_owned()),
        ("password", emulator.password().to_owned()),
        ("requests", format!("GET {requests}")),
        ("raise", format!("POST {requests} {{\"topic\":\"…\",\"summary\":\"…\"}}")),
        ("assign", format!("POST {requests}/{{id}}/assign {{\"agent\":\"…\"}}")),
        ("comment", format!("POST {requests}/{{id}}/comment {{\"by\":\"…\",\"text\":\"…\"}}")),
        ("change state", format!("POST {requests}/{{id}}/change-state {{\"state\":\"…\",\"by\":\"…\"}}")),
    ];
    Ok(Running::new("leap", &facts, emulator))
}
