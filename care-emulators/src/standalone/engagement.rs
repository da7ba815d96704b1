//! Starts the Engagement emulator, and lists how to reach it.

use super::running::{Failure, Running};
use care_emulators::engagement::{AGENT_ID, Emulator};
use clap::Args;
use std::net::IpAddr;

#[derive(Debug, Args)]
pub(crate) struct EngagementOptions {
    /// The port of the Engagement emulator; 0 takes a free port
    #[arg(long, value_name = "PORT", env = "ENGAGEMENT_EMULATOR_PORT", default_value_t = 7003)]
    engagement_port: u16,
}

pub(crate) async fn start(host: IpAddr, options: &EngagementOptions) -> Result<Running, Failure> {
    let address = (host, options.engagement_port).into();
    let hint = "choose another port with --engagement-port or ENGAGEMENT_EMULATOR_PORT";
    let started = Emulator::builder().address(address).start().await;
    let emulator = started.map_err(|error| Failure::at(address, hint, &error))?;
    let interventions = format!("{}/_emulator/interventions", emulator.url());
    let facts = [
        ("url", emulator.url()),
        ("base url", emulator.base_url()),
        ("access token", emulator.access_token().to_owned()),
        ("agent", AGENT_ID.to_owned()),
        ("interventions", format!("GET {interventions}")),
        ("open", format!("POST {interventions} {{\"thread\":\"…\",\"identity\":\"…\"}}")),
        ("act", format!("POST {interventions}/{{id}}/{{{}}}", Emulator::ACTIONS.join("|"))),
        ("defer", format!("POST {interventions}/{{id}}/defer {{\"until\":\"…\"}}")),
        ("reassign", format!("POST {interventions}/{{id}}/reassign {{\"agent\":\"…\"}}")),
        ("categorize", format!("POST {interventions}/{{id}}/categorize {{\"categories\":[\"…\"]}}")),
    ];
    Ok(Running::new("engagement", &facts, emulator))
}
