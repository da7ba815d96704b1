//! The third and the fourth scene: the receiver is away, not too long and too long.

use super::stage::Stage;
use care_emulators::caremessenger::DeliveryStatus;
use caremessenger_client::ProviderId;
use examples::{Failure, caremessenger};
use std::time::Duration;

pub(super) async fn for_four_minutes(stage: &Stage<'_>, provider: ProviderId) -> Result<(), Failure> {
    stage.teller.title("Third, the receiver is away for four minutes");
    stage.portal.delivery_faults().down_for(Duration::from_secs(4 * 60));
    let (delivery, stored) = stage.call(provider).await?;
    let [call] = &*stored else {
        return Err(Failure::failed(format!("the receiver has stored {} calls instead of 1", stored.len())));
    };
    if delivery.end != DeliveryStatus::Delivered {
        return Err(Failure::failed(format!("the call ended as {:?}", delivery.end)));
    }
    stage.teller.tell("receiver", format!("is up again, and has stored: {}", caremessenger::call(call)));
    Ok(())
}

pub(super) async fn for_six_minutes(stage: &Stage<'_>, provider: ProviderId) -> Result<(), Failure> {
    stage.teller.title("Fourth, it is away for six minutes");
    stage.portal.delivery_faults().down_for(Duration::from_secs(6 * 60));
    let (delivery, stored) = stage.call(provider).await?;
    if (delivery.end, stored.len()) != (DeliveryStatus::Abandoned, 0) {
        return Err(Failure::failed(format!("the call ended as {:?}, stored {} times", delivery.end, stored.len())));
    }
    stage.portal.delivery_faults().come_up();
    stage.teller.tell("CareMessenger", "stops after five minutes, and tells nobody");
    stage.teller.tell("receiver", "is up again, and never hears of it");
    stage
        .teller
        .tell("mail", "has come to the duty desk all the same: that is why an address stands beside every webhook");
    Ok(())
}
