//! Closes once, and reports a close only if the service shows the intervention as closed.

use crate::{
    ids::InterventionId,
    interventions::{CloseIntervention, Intervention},
    workflows::{
        readback::{Readback, Snapshot, needs_readback, schedule_after, twice, with_reason},
        result::{Closed, Proof, WorkflowFailure},
    },
};
use care_client_core::{Endpoint, Error, Pipeline, workflow::impl_into_future};

/// Closes an intervention and confirms the result. Returned by
/// [`Interventions::close_confirmed`](crate::Interventions::close_confirmed).
///
/// 1. Reads the intervention. If it is already closed, nothing is sent.
/// 2. Sends the close, once.
/// 3. If the answer is lost, is a refusal or doesn't show the intervention as closed, reads again (defect
///    [`ENG-28`](crate::defects)): at once, and after 3 s if a request may still be in flight. Only an intervention
///    with [`closed`](Intervention::closed) counts as closed.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
/// #     .access_token(emulator.access_token()).build()?;
/// # let id = emulator.controller().open_new();
/// # emulator.controller().reply(&id)?;
/// # emulator.faults().on("PUT", "/close").drop_after_commit();
/// use engagement_client::Proof;
///
/// let closed = engagement.interventions().close_confirmed(&id).await?;
/// assert_eq!(closed.proof, Proof::ReadBack); // the answer was lost
/// let again = engagement.interventions().close_confirmed(&id).await?;
/// assert_eq!(again.proof, Proof::AlreadyDone);
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// Those of [`get`](crate::Interventions::get) if the first read fails, with nothing sent; otherwise those of
/// [`close`](crate::Interventions::close), with [`WorkflowFailure::NoReplies`] as source if that is the reason.
/// [`Kind::Decode`](crate::Kind::Decode) if the service answers that it closed the intervention but doesn't show it as
/// closed.
///
/// After [`Outcome::Unknown`](crate::Outcome::Unknown) it didn't show as closed or couldn't be read, and the request
/// may still close it. Calling this again sends nothing if it shows as closed. But if the first close was carried out
/// and the customer has reopened the intervention since, a second call closes it again: check
/// [`updated_at`](Intervention::updated_at) first.
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
pub struct CloseConfirmed {
    readback: Readback,
}

impl CloseConfirmed {
    pub(super) fn new(pipeline: Pipeline, id: InterventionId) -> Self {
        Self { readback: Readback { pipeline, id } }
    }

    async fn run(self) -> Result<Closed, Error> {
        let before = self.readback.read().await.map_err(Error::after_reads)?;
        close(&self.readback, before).await
    }
}

/// Closes an intervention that was read before.
pub(super) async fn close(readback: &Readback, before: Intervention) -> Result<Closed, Error> {
    if before.is_closed() {
        return Ok(Closed { intervention: before, proof: Proof::AlreadyDone });
    }
    let failure = match readback.pipeline.call(CloseIntervention::new(readback.id.clone())).await {
        Ok(intervention) if intervention.is_closed() => {
            return Ok(Closed { intervention, proof: Proof::Answered });
        }
        // The answer contradicts itself or doesn't say: what the service shows decides.
        Ok(_) => None,
        Err(failure) if needs_readback(&failure) => Some(failure),
        Err(failure) => return Err(failure),
    };
    let closed = |seen: &Snapshot| match seen {
        Snapshot::Found(intervention) if intervention.is_closed() => Some(Intervention::clone(intervention)),
        _ => None,
    };
    let schedule = failure.as_ref().map_or_else(twice, schedule_after);
    let seen = match readback.until(schedule, closed).await {
        Ok(intervention) => return Ok(Closed { intervention, proof: Proof::ReadBack }),
        Err(seen) => seen,
    };
    Err(match failure {
        Some(failure) if failure.is_forbidden() => with_reason(failure, seen, WorkflowFailure::to_close),
        Some(failure) => failure,
        None => Error::decode("the service answered that it closed the intervention but doesn't show it as closed")
            .in_operation(CloseIntervention::OPERATION),
    })
}

impl_into_future!(CloseConfirmed => Closed);
