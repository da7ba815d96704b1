//! The tour: what each service does, played over real HTTP and told step by step.

mod aura;
mod caremessenger;
mod engagement;
mod incident;
mod leap;
mod newfies;
mod patience;
mod tally;

use clap::Parser;
use examples::{
    Failure, Teller, aura::LiveAura, caremessenger::LiveCareMessenger, engagement::LiveEngagement, leap::LiveLeap,
    newfies::LiveNewfies, told,
};
use std::{process::ExitCode, time::Instant};

/// Plays what the services do over real HTTP, and tells it step by step: against emulators in this process, or against the
/// servers that the environment names.
#[derive(Debug, Parser)]
#[command(name = "tour", version, after_help = ENVIRONMENT)]
struct Arguments {}

const ENVIRONMENT: &str = "\
Environment, for AURA:
  AURA_BASE_URL       the server to talk to; without it an emulator is started
  AURA_USER_TOKEN     the token of one user, or else:
  AURA_CLIENT_ID      with
  AURA_CLIENT_SECRET  the credentials that AURA gave you
  AURA_PATH_PREFIX    what stands before every path, if it isn't /panic-api; may be empty
  AURA_POLL_MS        the shortest time between two polls [default: 10000, as AURA recommends]
  AURA_WATCH_SECONDS  how long a callout on that server is followed [default: 120]

Environment, for LEAP:
  LEAP_BASE_URL       the server to talk to, as https://acme.leapcities.com/api/v1/, or else:
  LEAP_COMPANY        the company's name, as acme; without either an emulator is started
  LEAP_USER           with
  LEAP_PASSWORD       what the operator made for your External System
  LEAP_TEST_REQUEST   the id of one request that may be written to; without it that server is only read. It is moved to
                      SUCCESSFUL, its customer gets mails, and its changes are acknowledged. No other one is written to
  LEAP_WATCH_SECONDS  how long a change of that request is waited for [default: 120]

Environment, for Engagement:
  ENGAGEMENT_BASE_URL      the server to talk to, as https://acme.api.digital.ringcentral.com/1.0, or else:
  ENGAGEMENT_ACCOUNT       the account's name, as acme; without either an emulator is started
  ENGAGEMENT_PLATFORM      where that account lives: dimelo or ringcentral [default: dimelo]
  ENGAGEMENT_ACCESS_TOKEN  an API access token of the account
  ENGAGEMENT_IMPERSONATE   the id of the user to act as; without it the token's user acts
  ENGAGEMENT_TEST_CONTENT  the id of one content that may be written to; without it that account is only read. An intervention
                           is opened on it and cancelled at once; one that was closed is opened again and closed at once.
                           Where one is open nothing is written. No other conversation is written to

Environment, for CareMessenger:
  CAREMESSENGER_USERNAME  with
  CAREMESSENGER_PASSWORD  an administrator's account, or else:
  CAREMESSENGER_TOKEN     a token of it; without either an emulator is started
  CAREMESSENGER_BASE_URL  the server, if it isn't CareMessenger's own. It is only read: what is put on residents' televisions,
                          nothing that is documented takes off again

Environment, for Newfies:
  NEWFIES_BASE_URL       the server to talk to, as https://dialer.example.com/; without it an emulator is started
  NEWFIES_USER           with
  NEWFIES_PASSWORD       user and password of the web interface, or else:
  NEWFIES_TOKEN          a token from the administration pages
  NEWFIES_UTC_OFFSET     how far the server's clock is from UTC, as +02:00 or Z, for times that it sends without
  NEWFIES_TEST_PHONE     one number that MAY BE CALLED; without it that server is only read. It is called once, in half a
                         minute. No other number is called
  NEWFIES_TEST_NAME      goes with it: the name of a calendar user, who is there and whose survey is played. An event is made in
                         a calendar `Tour` of theirs, and stays
  NEWFIES_WATCH_SECONDS  how long the end of that call is waited for; one that hasn't gone off by then is taken back
                         [default: 120]

The incident at the end is played by emulators, whatever is set.";

#[tokio::main]
async fn main() -> ExitCode {
    Arguments::parse();
    told(async |teller| tour(teller).await.map(|()| ExitCode::SUCCESS)).await
}

async fn tour(teller: &Teller) -> Result<(), Failure> {
    let begin = Instant::now();
    // What is missing shows before anything is played.
    let (aura, leap, engagement) = (LiveAura::from_env()?, LiveLeap::from_env()?, LiveEngagement::from_env()?);
    let caremessenger = LiveCareMessenger::from_env()?;
    let newfies = LiveNewfies::from_env()?;
    aura::tell(teller, aura.as_ref()).await?;
    teller.say("");
    leap::tell(teller, leap.as_ref()).await?;
    teller.say("");
    engagement::tell(teller, engagement.as_ref()).await?;
    teller.say("");
    caremessenger::tell(teller, caremessenger.as_ref()).await?;
    teller.say("");
    newfies::tell(teller, newfies.as_ref()).await?;
    teller.say("");
    incident::tell(teller).await?;

    teller.title("That was the tour");
    for (service, live, hint) in [
        ("AURA", aura.is_some(), "With AURA_BASE_URL and credentials set, it raises one TEST callout on that server"),
        ("LEAP", leap.is_some(), "With LEAP_BASE_URL or LEAP_COMPANY and credentials set, it reads that server"),
        (
            "Engagement",
            engagement.is_some(),
            "With ENGAGEMENT_ACCOUNT or ENGAGEMENT_BASE_URL and a token set, it reads that account",
        ),
        (
            "CareMessenger",
            caremessenger.is_some(),
            "With CAREMESSENGER_USERNAME and a password set, it reads that server",
        ),
        ("Newfies", newfies.is_some(), "With NEWFIES_BASE_URL and credentials set, it reads that server"),
    ] {
        let played = if live { "was the server that the environment names." } else { "was played by an emulator." };
        let hint = if live { String::new() } else { format!(" {hint}: see --help.") };
        teller.say(format!("  {service} {played}{hint}"));
    }
    teller.say(format!("  All of it took {:.1} s.", begin.elapsed().as_secs_f64()));
    Ok(())
}
