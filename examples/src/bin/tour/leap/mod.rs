//! LEAP: a customer raises a request, and a company's own system handles it.

mod helpdesk;
mod live;
mod setup;
mod steps;

use crate::{checks, leap::setup::Setup};
use care_emulators::leap::State;
use examples::{Failure, Reporter, leap::LiveLeap};

/// Runs LEAP's part on the server that the environment names, or on an emulator.
pub(crate) async fn run(reporter: &Reporter, live: Option<&LiveLeap>) -> Result<(), Failure> {
    match live {
        Some(live) => live::run(reporter, live).await,
        None => run_on_emulator(reporter).await,
    }
}

async fn run_on_emulator(reporter: &Reporter) -> Result<(), Failure> {
    reporter.line("LEAP: a customer raises a request, and a company's own system handles it");
    let mut setup = Setup::start(reporter).await?;
    steps::handle(&mut setup).await?;
    steps::change_meanwhile(&mut setup).await?;
    steps::complete(&mut setup).await?;

    reporter.title("LEAP: summary");
    if !setup.shows_nothing()? || !setup.helpdesk.is_clear().await {
        return Err(Failure::failed("a change is still unacknowledged"));
    }
    let mails = setup.controller.request(setup.helpdesk.id.as_str())?.mails;
    if mails != [State::InProgress, State::Successful] {
        return Err(Failure::failed(format!("the customer got {} mails instead of 2", mails.len())));
    }
    reporter.line("  Everything is acknowledged, and the customer got one mail per change of state.");
    let journal = setup.emulator.journal();
    let lists = journal.count("GET", "/requests/");
    let reads = journal.requests().iter().filter(|request| request.method == "GET").count() - lists;
    let writes = [
        ("external id", "POST", "/extid", 1),
        ("updates", "POST", "/updates", 2),
        ("acknowledgements", "POST", "/requests/acked", 3),
    ];
    checks::requests_match(reporter, &journal, &writes, &[("lists", lists), ("reads of the request", reads)])
}
