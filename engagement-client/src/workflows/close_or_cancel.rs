//! Ends an intervention: closes it if an agent has replied, cancels it if none has.

use crate::{
    ids::InterventionId,
    interventions::{GetIntervention, Intervention},
    workflows::{
        cancel_confirmed::cancel,
        close_confirmed::close,
        readback::Readback,
        result::{Cancelled, Closed, Proof, WorkflowFailure},
    },
};
use care_client_core::{Endpoint, Error, Pipeline, workflow::impl_into_future};

/// Ends an intervention by whichever operation its replies allow. Returned by
/// [`Interventions::close_or_cancel`](crate::Interventions::close_or_cancel).
///
/// An intervention with agent replies is closed as by [`close_confirmed`](crate::Interventions::close_confirmed); one
/// without is cancelled as by [`cancel_confirmed`](crate::Interventions::cancel_confirmed), **which destroys it**. The
/// two operations exclude each other (defect [`ENG-18`](crate::defects)). If an agent replies to it or closes it in
/// between, the workflow reads it and decides once more.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
/// #     .access_token(emulator.access_token()).build()?;
/// # let id = emulator.controller().open_new();
/// # emulator.controller().reply(&id)?;
/// use engagement_client::CloseOutcome;
///
/// match engagement.interventions().close_or_cancel(id).await? {
///     CloseOutcome::Closed(closed) => println!("{} is closed", closed.intervention.id),
///     CloseOutcome::Cancelled(cancelled) => {
///         println!("{} had no reply and is cancelled", cancelled.intervention.id);
///     }
/// #   _ => {}
/// }
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// Those of the workflow that it chooses. [`Kind::Decode`](crate::Kind::Decode) if the service doesn't say how many
/// replies there are; nothing is sent then.
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
pub struct CloseOrCancel {
    readback: Readback,
}

/// How [`CloseOrCancel`] ended an intervention.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CloseOutcome {
    /// The intervention is closed.
    Closed(Closed),
    /// The intervention is cancelled and no longer exists.
    Cancelled(Cancelled),
}

impl CloseOrCancel {
    pub(super) fn new(pipeline: Pipeline, id: InterventionId) -> Self {
        Self { readback: Readback { pipeline, id } }
    }

    async fn run(self) -> Result<CloseOutcome, Error> {
        let before = self.readback.read().await.map_err(Error::after_reads)?;
        let failure = match self.end(before).await {
            Err(failure) if WorkflowFailure::of(&failure).is_some() => failure,
            ended => return ended,
        };
        // Somebody has replied to it or closed it in between.
        match self.readback.read().await {
            Ok(now) if now.is_closed() => {
                Ok(CloseOutcome::Closed(Closed { intervention: now, proof: Proof::ReadBack }))
            }
            Ok(now) => self.end(now).await,
            Err(_) => Err(failure),
        }
    }

    async fn end(&self, before: Intervention) -> Result<CloseOutcome, Error> {
        match before.user_replies_count {
            // ENG-18
            Some(0) if !before.is_closed() => cancel(&self.readback, before).await.map(CloseOutcome::Cancelled),
            None if !before.is_closed() => Err(Error::decode(
                "the answer doesn't say how many agent replies there are, which decides between close and cancel",
            )
            .in_operation(GetIntervention::OPERATION)
            .after_reads()),
            _ => close(&self.readback, before).await.map(CloseOutcome::Closed),
        }
    }
}

impl_into_future!(CloseOrCancel => CloseOutcome);
