//! Starts the Newfies emulator, and lists how to reach it.

use super::running::{Failure, Running};
use care_emulators::newfies::{Emulator, EmulatorBuilder, Generation};
use clap::{Args, ValueEnum};
use std::net::IpAddr;

#[derive(Debug, Args)]
pub(crate) struct NewfiesOptions {
    /// The port of the Newfies emulator; 0 takes a free port
    #[arg(long, value_name = "PORT", env = "NEWFIES_EMULATOR_PORT", default_value_t = 7005)]
    newfies_port: u16,
    /// The release of Newfies-Dialer to emulate
    #[arg(long, value_enum, default_value_t = Release::G2)]
    newfies_release: Release,
}

/// The releases to choose from.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Release {
    /// Before 2.10.0
    G0,
    /// 2.10.0 to 2.14.11
    G1,
    /// 2.15.0 to 2.20.2
    G2,
    /// 2.15.0 to 2.20.2, with working calendar users
    Repaired,
    /// The server of the documented examples, with their data and time
    Documented2013,
}

impl Release {
    fn builder(self) -> EmulatorBuilder {
        let builder = Emulator::builder();
        match self {
            Self::G0 => builder.generation(Generation::G0),
            Self::G1 => builder.generation(Generation::G1),
            Self::G2 => builder,
            Self::Repaired => builder.repaired(),
            Self::Documented2013 => builder.documented_2013(),
        }
    }
}

pub(crate) async fn start(host: IpAddr, options: &NewfiesOptions) -> Result<Running, Failure> {
    let address = (host, options.newfies_port).into();
    let hint = "choose another port with --newfies-port or NEWFIES_EMULATOR_PORT";
    let started = options.newfies_release.builder().address(address).start().await;
    let emulator = started.map_err(|error| Failure::at(address, hint, &error))?;
    let control = format!("{}/_emulator", emulator.url());
    let facts = [
        ("url", emulator.url()),
        ("base url", emulator.base_url()),
        ("username", emulator.username().to_owned()),
        ("password", emulator.password().to_owned()),
        ("token", emulator.token().to_owned()),
        ("gateway", emulator.gateway_link()),
        ("sms gateway", emulator.sms_gateway_link()),
        ("survey", emulator.survey_link()),
        ("alarms", format!("GET {control}/alarms")),
        ("act", format!("POST {control}/alarms/{{id}}/{{{}}}", Emulator::ACTIONS.join("|"))),
        ("press", format!("POST {control}/alarms/{{id}}/press {{\"keys\":\"…\"}}")),
        ("add manager", format!("POST {control}/users {{\"username\":\"…\",\"password\":\"…\"}}")),
        (
            "add user",
            format!("POST {control}/calendar-users {{\"manager\":\"…\",\"username\":\"…\",\"password\":\"…\"}}"),
        ),
        ("dispatch", format!("POST {control}/dispatch")),
        ("advance", format!("POST {control}/advance {{\"seconds\":60}}")),
    ];
    Ok(Running::new("newfies", &facts, emulator))
}
