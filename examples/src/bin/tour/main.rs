//! The tour: what each service does, over real HTTP, step by step.

mod aura;
mod caremessenger;
mod checks;
mod engagement;
mod incident;
mod leap;
mod newfies;

use clap::Parser;
use examples::{
    Failure, Reporter,
    aura::{AuraVariables, LiveAura},
    caremessenger::{CareMessengerVariables, LiveCareMessenger},
    engagement::{EngagementVariables, LiveEngagement},
    environment::help,
    leap::{LeapVariables, LiveLeap},
    newfies::{LiveNewfies, NewfiesVariables},
    run_with_reporter,
};
use std::{process::ExitCode, time::Instant};

/// Shows what the services do over real HTTP, step by step: on emulators in this process, or on the servers that the
/// environment names.
#[derive(Debug, Parser)]
#[command(name = "tour", version, after_help = environment())]
struct Arguments {}

fn environment() -> String {
    let services = [
        ("AURA", help::<AuraVariables>(&["tour"])),
        ("LEAP", help::<LeapVariables>(&["tour"])),
        ("Engagement", help::<EngagementVariables>(&["tour"])),
        ("CareMessenger", help::<CareMessengerVariables>(&["tour"])),
        ("Newfies", help::<NewfiesVariables>(&["tour"])),
    ];
    let services = services.map(|(service, variables)| format!("Environment, for {service}:\n{variables}"));
    format!("{}\nThe incident at the end always uses emulators.", services.join("\n"))
}

#[tokio::main]
async fn main() -> ExitCode {
    Arguments::parse();
    run_with_reporter(async |reporter| tour(reporter).await.map(|()| ExitCode::SUCCESS)).await
}

async fn tour(reporter: &Reporter) -> Result<(), Failure> {
    let begin = Instant::now();
    // Missing variables are reported before anything is sent.
    let (aura, leap, engagement) = (LiveAura::from_env()?, LiveLeap::from_env()?, LiveEngagement::from_env()?);
    let caremessenger = LiveCareMessenger::from_env()?;
    let newfies = LiveNewfies::from_env()?;
    aura::run(reporter, aura.as_ref()).await?;
    reporter.line("");
    leap::run(reporter, leap.as_ref()).await?;
    reporter.line("");
    engagement::run(reporter, engagement.as_ref()).await?;
    reporter.line("");
    caremessenger::run(reporter, caremessenger.as_ref()).await?;
    reporter.line("");
    newfies::run(reporter, newfies.as_ref()).await?;
    reporter.line("");
    incident::run(reporter).await?;

    reporter.title("End of the tour");
    for (service, live, hint) in [
        (
            "AURA",
            aura.is_some(),
            "With AURA_BASE_URL and credentials set, the tour raises one TEST callout on that server",
        ),
        ("LEAP", leap.is_some(), "With LEAP_BASE_URL or LEAP_COMPANY and credentials set, the tour reads that server"),
        (
            "Engagement",
            engagement.is_some(),
            "With ENGAGEMENT_ACCOUNT or ENGAGEMENT_BASE_URL and a token set, the tour reads that account",
        ),
        (
            "CareMessenger",
            caremessenger.is_some(),
            "With CAREMESSENGER_USERNAME and a password set, the tour reads that server",
        ),
        ("Newfies", newfies.is_some(), "With NEWFIES_BASE_URL and credentials set, the tour reads that server"),
    ] {
        let played = if live { "used the server that the environment names." } else { "used an emulator." };
        let hint = if live { String::new() } else { format!(" {hint}: see --help.") };
        reporter.line(format!("  {service} {played}{hint}"));
    }
    reporter.line(format!("  The tour took {:.1} s.", begin.elapsed().as_secs_f64()));
    Ok(())
}
