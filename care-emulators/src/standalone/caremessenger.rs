//! Starts the CareMessenger emulator, and lists how to reach it.

use super::running::{Failure, Running};
use care_emulators::caremessenger::{CUSTOMER_ID, Emulator, RESIDENT_ID, SITE_ID};
use clap::Args;
use std::net::IpAddr;

#[derive(Debug, Args)]
pub(crate) struct CareMessengerOptions {
    /// The port of the CareMessenger emulator; 0 takes a free port
    #[arg(long, value_name = "PORT", env = "CAREMESSENGER_EMULATOR_PORT", default_value_t = 7004)]
    caremessenger_port: u16,
}

pub(crate) async fn start(host: IpAddr, options: &CareMessengerOptions) -> Result<Running, Failure> {
    let address = (host, options.caremessenger_port).into();
    let hint = "choose another port with --caremessenger-port or CAREMESSENGER_EMULATOR_PORT";
    let started = Emulator::builder().address(address).start().await;
    let emulator = started.map_err(|error| Failure::at(address, hint, &error))?;
    let control = format!("{}/_emulator", emulator.url());
    let facts = [
        ("url", emulator.url()),
        ("base url", emulator.base_url()),
        ("username", emulator.username().to_owned()),
        ("password", emulator.password().to_owned()),
        ("objects", format!("customer {CUSTOMER_ID}, site {SITE_ID}, resident {RESIDENT_ID}")),
        ("providers", format!("GET {control}/providers")),
        ("deliveries", format!("GET {control}/deliveries")),
        ("add site", format!("POST {control}/sites {{\"customer\":{CUSTOMER_ID},\"name\":\"…\"}}")),
        ("add resident", format!("POST {control}/residents {{\"site\":{SITE_ID},\"name\":\"…\"}}")),
        ("revoke tokens", format!("POST {control}/revoke-tokens")),
        ("ask for help", format!("POST {control}/requests {{\"provider\":10,\"resident\":{RESIDENT_ID}}}")),
    ];
    Ok(Running::new("caremessenger", &facts, emulator))
}
