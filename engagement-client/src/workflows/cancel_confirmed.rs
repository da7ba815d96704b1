//! Cancels once, and reports a cancel only if the intervention existed before and is gone afterwards.

use crate::{
    ids::InterventionId,
    interventions::{CancelIntervention, Intervention},
    workflows::{
        readback::{Readback, Snapshot, needs_readback, schedule_after, with_reason},
        result::{Cancelled, Proof, WorkflowFailure},
    },
};
use care_client_core::{Error, Pipeline, workflow::impl_into_future};

/// Cancels an intervention, which destroys it, and confirms the result. Returned by
/// [`Interventions::cancel_confirmed`](crate::Interventions::cancel_confirmed).
///
/// 1. Reads the intervention. If it doesn't exist, the workflow fails: it can't have been cancelled by this call.
/// 2. Sends the cancel, once.
/// 3. If the answer is lost or is a refusal, reads again (defect [`ENG-28`](crate::defects)): at once, and after 3 s if
///    a request may still be in flight. If the intervention is gone (404), it was cancelled.
///
/// A 404 can also mean that the token's user lost read permission on the source in between. After a 403 that is the
/// likelier reason, so a refusal by 403 never counts as a cancel (defect [`ENG-17`](crate::defects)).
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
/// #     .access_token(emulator.access_token()).build()?;
/// # let id = emulator.controller().open_new();
/// let interventions = engagement.interventions();
/// let cancelled = interventions.cancel_confirmed(&id).await?;
/// println!("{} is cancelled ({:?})", cancelled.intervention.id, cancelled.proof);
/// assert!(interventions.cancel_confirmed(&id).await.unwrap_err().is_not_found());
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// Those of [`get`](crate::Interventions::get) if the first read fails, with nothing sent; otherwise those of
/// [`cancel`](crate::Interventions::cancel).
///
/// With [`WorkflowFailure::Closed`] or [`WorkflowFailure::HasReplies`] as source, it is not cancelled and won't be by
/// this request. Without such a source, after [`Outcome::Unknown`](crate::Outcome::Unknown), it still existed or
/// couldn't be read, and the request may still cancel it: it is safe to call this again.
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
pub struct CancelConfirmed {
    readback: Readback,
}

impl CancelConfirmed {
    pub(super) fn new(pipeline: Pipeline, id: InterventionId) -> Self {
        Self { readback: Readback { pipeline, id } }
    }

    async fn run(self) -> Result<Cancelled, Error> {
        let before = self.readback.read().await.map_err(Error::after_reads)?;
        cancel(&self.readback, before).await
    }
}

/// Cancels an intervention that was read before.
pub(super) async fn cancel(readback: &Readback, before: Intervention) -> Result<Cancelled, Error> {
    let failure = match readback.pipeline.call(CancelIntervention::new(readback.id.clone())).await {
        Ok(answer) => return Ok(Cancelled { intervention: answer.unwrap_or(before), proof: Proof::Answered }),
        Err(failure) if needs_readback(&failure) => failure,
        Err(failure) => return Err(failure),
    };
    // ENG-17: after a 403, a missing read permission is likelier than a cancel by somebody else, which the same state
    // forbids.
    let is_gone = |seen: &Snapshot| (matches!(seen, Snapshot::NotFound) && !failure.is_forbidden()).then_some(());
    match readback.until(schedule_after(&failure), is_gone).await {
        Ok(()) => Ok(Cancelled { intervention: before, proof: Proof::ReadBack }),
        Err(seen) => Err(with_reason(failure, seen, WorkflowFailure::to_cancel)),
    }
}

impl_into_future!(CancelConfirmed => Cancelled);
