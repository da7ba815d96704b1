//! The second scene: a call is stored and answered, and the answer is lost.

use super::stage::Stage;
use care_emulators::caremessenger::DeliveryStatus;
use caremessenger_client::{ProviderId, webhook::Duplicate};
use examples::{Failure, caremessenger};

pub(super) async fn play(stage: &Stage<'_>, provider: ProviderId) -> Result<(), Failure> {
    stage.teller.title("Second, a call for help, and an acknowledgement that is lost");
    stage.portal.delivery_faults().lose_answer();
    let (delivery, stored) = stage.call(provider).await?;
    for call in &stored {
        stage.teller.tell("receiver", format!("has stored: {}", caremessenger::call(call)));
    }
    let marks: Vec<_> = stored.iter().map(|call| call.duplicate).collect();
    if (delivery.end, &*marks) != (DeliveryStatus::Delivered, &[Duplicate::No, Duplicate::Probable]) {
        return Err(Failure::failed(format!("the call ended as {:?}, with the marks {marks:?}", delivery.end)));
    }
    stage.teller.tell("receiver", "has dropped neither: a second call with the same words would look just so");
    Ok(())
}
