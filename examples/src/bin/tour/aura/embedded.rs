//! The whole story, on an emulator.

use super::{by_device, by_hand, dismissed, stage::Stage, tally};
use aura_client::CalloutStatus;
use examples::{Failure, Teller};

/// Every status that the guide documents.
const DOCUMENTED: [CalloutStatus; 6] = [
    CalloutStatus::Created,
    CalloutStatus::ResponderDispatched,
    CalloutStatus::ResponderCancelled,
    CalloutStatus::ResponderArrived,
    CalloutStatus::ResponderCompleted,
    CalloutStatus::Closed,
];

pub(super) async fn tell(teller: &Teller) -> Result<(), Failure> {
    teller.say("AURA: a person calls for help, and somebody comes");
    let stage = Stage::set(teller).await?;
    let told = [by_device::play(&stage).await?, by_hand::play(&stage).await?, dismissed::play(&stage).await?];

    if let Some(missing) = DOCUMENTED.iter().find(|status| !told.iter().any(|end| end.statuses.contains(status))) {
        return Err(Failure::failed(format!("the status `{missing}` never came")));
    }
    teller.title("What it came to for AURA");
    teller.say(format!("  All {} documented statuses were seen:", DOCUMENTED.len()));
    teller.say(format!("    {}.", listed(&DOCUMENTED)));
    tally::check(&stage, &told)
}

pub(super) fn listed(statuses: &[CalloutStatus]) -> String {
    statuses.iter().map(CalloutStatus::as_str).collect::<Vec<_>>().join(", ")
}
