//! The options of the program, how each emulator is started, what is printed about it, and the error that ends it.

use care_emulators::{
    aura, caremessenger, engagement, leap,
    newfies::{self, Generation},
};
use clap::{Parser, ValueEnum};
use std::{
    any::Any,
    fmt, io,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

/// Starts all emulators on fixed ports of this machine, prints how to reach them, and serves until Ctrl-C or SIGTERM.
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

pub(crate) async fn aura(options: &Options) -> Result<Running, Failure> {
    let address = (options.host, options.aura_port).into();
    let mut builder = aura::Emulator::builder().address(address);
    if let Some(step) = options.autoplay_ms {
        builder = builder.autoplay(Duration::from_millis(step));
    }
    let failed = Failure::at(address, "--port or AURA_EMULATOR_PORT");
    let emulator = builder.start().await.map_err(failed)?;
    let url = emulator.url();
    let facts = [
        ("url", url.clone()),
        ("path prefix", emulator.path_prefix().to_owned()),
        ("client id", emulator.client_id().to_owned()),
        ("client secret", emulator.client_secret().to_owned()),
        ("callouts", format!("GET {url}/_emulator/callouts")),
        ("act", format!("POST {url}/_emulator/callouts/{{id}}/{{{}}}", aura::Emulator::ACTIONS.join("|"))),
        ("message", format!("POST {url}/_emulator/callouts/{{id}}/message {{\"text\":\"…\"}}")),
    ];
    Ok(Running::new("aura", &facts, emulator))
}

pub(crate) async fn leap(options: &Options) -> Result<Running, Failure> {
    let address = (options.host, options.leap_port).into();
    let failed = Failure::at(address, "--leap-port or LEAP_EMULATOR_PORT");
    let emulator = leap::Emulator::builder().address(address).start().await.map_err(failed)?;
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

pub(crate) async fn engagement(options: &Options) -> Result<Running, Failure> {
    let address = (options.host, options.engagement_port).into();
    let failed = Failure::at(address, "--engagement-port or ENGAGEMENT_EMULATOR_PORT");
    let emulator = engagement::Emulator::builder().address(address).start().await.map_err(failed)?;
    let interventions = format!("{}/_emulator/interventions", emulator.url());
    let facts = [
        ("url", emulator.url()),
        ("base url", emulator.base_url()),
        ("access token", emulator.access_token().to_owned()),
        ("agent", engagement::AGENT_ID.to_owned()),
        ("interventions", format!("GET {interventions}")),
        ("open", format!("POST {interventions} {{\"thread\":\"…\",\"identity\":\"…\"}}")),
        ("act", format!("POST {interventions}/{{id}}/{{{}}}", engagement::Emulator::ACTIONS.join("|"))),
        ("defer", format!("POST {interventions}/{{id}}/defer {{\"until\":\"…\"}}")),
        ("reassign", format!("POST {interventions}/{{id}}/reassign {{\"agent\":\"…\"}}")),
        ("categorize", format!("POST {interventions}/{{id}}/categorize {{\"categories\":[\"…\"]}}")),
    ];
    Ok(Running::new("engagement", &facts, emulator))
}

pub(crate) async fn caremessenger(options: &Options) -> Result<Running, Failure> {
    use caremessenger::{CUSTOMER_ID, RESIDENT_ID, SITE_ID};
    let address = (options.host, options.caremessenger_port).into();
    let failed = Failure::at(address, "--caremessenger-port or CAREMESSENGER_EMULATOR_PORT");
    let emulator = caremessenger::Emulator::builder().address(address).start().await.map_err(failed)?;
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
    fn builder(self) -> newfies::EmulatorBuilder {
        let builder = newfies::Emulator::builder();
        match self {
            Self::G0 => builder.generation(Generation::G0),
            Self::G1 => builder.generation(Generation::G1),
            Self::G2 => builder,
            Self::Repaired => builder.repaired(),
            Self::Documented2013 => builder.documented_2013(),
        }
    }
}

pub(crate) async fn newfies(options: &Options) -> Result<Running, Failure> {
    let address = (options.host, options.newfies_port).into();
    let failed = Failure::at(address, "--newfies-port or NEWFIES_EMULATOR_PORT");
    let emulator = options.newfies_release.builder().address(address).start().await.map_err(failed)?;
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
        ("act", format!("POST {control}/alarms/{{id}}/{{{}}}", newfies::Emulator::ACTIONS.join("|"))),
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

/// An emulator that runs while this value lives.
pub(crate) struct Running {
    lines: Vec<String>,
    _emulator: Box<dyn Any>,
}

impl Running {
    /// Keeps `emulator` running. `facts` are names and values to print, one line each.
    pub(crate) fn new(name: &str, facts: &[(&str, String)], emulator: impl Any) -> Self {
        let lines = facts.iter().map(|(what, fact)| format!("{name} {what:<13} {fact}")).collect();
        Self { lines, _emulator: Box::new(emulator) }
    }

    pub(crate) fn lines(&self) -> &[String] {
        &self.lines
    }
}

/// Why the program ends.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(what: &str, error: &io::Error) -> Self {
        Self(format!("{what}: {error}"))
    }

    /// The error of an emulator that could not be started at `address`. `settings` are the options that change the
    /// port.
    pub(crate) fn at(address: SocketAddr, settings: &str) -> impl FnOnce(io::Error) -> Self {
        move |error| match error.kind() {
            io::ErrorKind::AddrInUse => {
                Self(format!("port {} of {} is taken; choose another with {settings}", address.port(), address.ip()))
            }
            _ => Self::new(&format!("can't listen on {address}"), &error),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
