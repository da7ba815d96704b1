use super::{
    Cancelled, Proof, Refusal,
    look::{Looking, Looks, Seen, explained, leaves_open},
    runs,
};
use crate::{Intervention, InterventionId, interventions::CancelIntervention};
use care_client_core::{Error, Pipeline};

/// Cancels an intervention, which destroys it, and is sure of it. Made by
/// [`Interventions::cancel_confirmed`](crate::Interventions::cancel_confirmed); does nothing before it is awaited.
///
/// It reads the intervention first: one that isn't there was not cancelled by this, whatever 404 means. It sends the cancel once.
/// If no answer tells what came of it, or the service refuses, which proves nothing (defect [`ENG-28`](crate::defects)), it
/// reads again, at once and where something may be under way once more after 3 s: if what was there is found no more (404),
/// it was cancelled, unless the refusal was 403. The one other reading of that 404 is that the token's user lost the right to
/// read the source in between, and after a 403 it is the likely one (defect [`ENG-17`](crate::defects)).
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
/// #     .access_token(emulator.access_token()).build()?;
/// # let id = emulator.controller().open_new();
/// let cancelled = engagement.interventions().cancel_confirmed(&id).await?;
/// println!("{} is gone: {:?}", cancelled.intervention.id, cancelled.proof);
/// assert!(engagement.interventions().cancel_confirmed(&id).await.unwrap_err().is_not_found());
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// Those of [`get`](crate::Interventions::get) before anything is sent, otherwise those of
/// [`cancel`](crate::Interventions::cancel), with [`Refusal::Closed`] or [`Refusal::HasReplies`] as source if it shows that: then
/// it is not cancelled, and won't be by what was sent. After [`Outcome::Unknown`](crate::Outcome::Unknown) without such a source
/// it was still there, or couldn't be read, and may still be cancelled by what was sent: to call this again is safe.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct CancelConfirmed {
    looks: Looks,
}

impl CancelConfirmed {
    pub(super) fn new(pipeline: Pipeline, id: InterventionId) -> Self {
        Self { looks: Looks { pipeline, id } }
    }

    async fn run(self) -> Result<Cancelled, Error> {
        let before = self.looks.read().await?;
        cancel(&self.looks, before).await
    }
}

/// Cancels what was read before.
pub(super) async fn cancel(looks: &Looks, before: Intervention) -> Result<Cancelled, Error> {
    let failure = match looks.pipeline.call(CancelIntervention::new(looks.id.clone())).await {
        Ok(answer) => return Ok(Cancelled { intervention: answer.unwrap_or(before), proof: Proof::Answered }),
        Err(failure) if leaves_open(&failure) => failure,
        Err(failure) => return Err(failure),
    };
    // ENG-17: after a 403 it is rather the right to read that is gone. What the state forbids, nobody else can do either.
    let gone = |seen: &Seen| (matches!(seen, Seen::Gone) && !failure.is_forbidden()).then_some(());
    match looks.until(Looking::after(&failure), gone).await {
        Ok(()) => Ok(Cancelled { intervention: before, proof: Proof::ReadBack }),
        Err(seen) => Err(explained(failure, seen, Refusal::to_cancel)),
    }
}

runs! { CancelConfirmed => Cancelled }
