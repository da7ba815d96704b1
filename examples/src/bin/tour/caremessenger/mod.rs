//! CareMessenger: residents call for help on their televisions, and no call may be lost.

mod calls;
mod live;
mod receiver;
mod setup;

pub(crate) use self::receiver::{LocalReceiver, settled};

use crate::{caremessenger::setup::Setup, checks};
use care_emulators::caremessenger::DeliveryStatus;
use examples::{Failure, Reporter, caremessenger::LiveCareMessenger};

/// Runs CareMessenger's part on the server that the environment names, or on an emulator.
pub(crate) async fn run(reporter: &Reporter, live: Option<&LiveCareMessenger>) -> Result<(), Failure> {
    match live {
        Some(live) => live::run(reporter, live).await,
        None => run_on_emulator(reporter).await,
    }
}

async fn run_on_emulator(reporter: &Reporter) -> Result<(), Failure> {
    reporter.line("CareMessenger: residents call for help on their televisions, and no call may be lost");
    let setup = Setup::start(reporter).await?;
    let provider = calls::register(&setup).await?;
    calls::lose_acknowledgement(&setup, provider).await?;
    calls::away_for_four_minutes(&setup, provider).await?;
    calls::away_for_six_minutes(&setup, provider).await?;

    reporter.title("CareMessenger: summary");
    let (calls, deliveries) = (setup.controller.requests(), setup.controller.deliveries());
    let ended = |status: DeliveryStatus| deliveries.iter().filter(|delivery| delivery.status == status).count();
    let (delivered, lost) = (ended(DeliveryStatus::Delivered), ended(DeliveryStatus::Abandoned));
    let mailed: usize = calls.iter().map(|call| call.mailed.len()).sum();
    let posts: usize = deliveries.iter().map(|delivery| delivery.attempts.len()).sum();
    if (calls.len(), delivered, lost, mailed) != (3, 2, 1, 3) {
        return Err(Failure::failed(format!(
            "of {} calls {delivered} were delivered, {lost} lost and {mailed} mailed",
            calls.len()
        )));
    }
    reporter.line(format!(
        "  {} calls for help: {delivered} reached the receiver, {lost} was lost, all {mailed} arrived by mail.",
        calls.len()
    ));
    reporter.line(format!("  CareMessenger posted {posts} times; redeliveries are marked, and nothing was dropped."));
    let journal = setup.emulator.journal();
    let reads = [
        ("sign-in", journal.count("POST", "/api-token-auth/")),
        ("lists", journal.count("GET", "/assistance-provider")),
    ];
    checks::requests_match(reporter, &journal, &[("registration", "POST", "/assistance-provider", 1)], &reads)
}
