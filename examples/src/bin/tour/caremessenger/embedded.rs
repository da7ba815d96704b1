//! The whole story, on an emulator.

use super::{acknowledgement_lost, away, registered, stage::Stage};
use crate::tally;
use care_emulators::caremessenger::DeliveryStatus;
use examples::{Failure, Teller};

pub(super) async fn tell(teller: &Teller) -> Result<(), Failure> {
    teller.say("CareMessenger: residents call for help by their televisions, and no call may get lost");
    let stage = Stage::set(teller).await?;
    let provider = registered::play(&stage).await?;
    acknowledgement_lost::play(&stage, provider).await?;
    away::for_four_minutes(&stage, provider).await?;
    away::for_six_minutes(&stage, provider).await?;

    teller.title("What it came to for CareMessenger");
    let (calls, deliveries) = (stage.portal.requests(), stage.portal.deliveries());
    let ended = |end: DeliveryStatus| deliveries.iter().filter(|delivery| delivery.end == end).count();
    let (delivered, lost) = (ended(DeliveryStatus::Delivered), ended(DeliveryStatus::Abandoned));
    let mailed: usize = calls.iter().map(|call| call.mailed.len()).sum();
    let posts: usize = deliveries.iter().map(|delivery| delivery.attempts.len()).sum();
    if (calls.len(), delivered, lost, mailed) != (3, 2, 1, 3) {
        return Err(Failure::failed(format!(
            "of {} calls {delivered} were delivered, {lost} lost and {mailed} mailed",
            calls.len()
        )));
    }
    teller.say(format!(
        "  {} calls for help: {delivered} reached the receiver, {lost} was lost on the way to it, all {mailed} came by mail.",
        calls.len()
    ));
    teller
        .say(format!("  CareMessenger has posted {posts} times; what came twice is marked, and nothing was dropped."));
    let journal = stage.emulator.journal();
    let reads = [
        ("sign-in", journal.count("POST", "/api-token-auth/")),
        ("lists", journal.count("GET", "/assistance-provider")),
    ];
    tally::check(teller, &journal, &[("registration", "POST", "/assistance-provider", 1)], &reads)
}
