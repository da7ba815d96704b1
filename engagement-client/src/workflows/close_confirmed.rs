use super::{
    Closed, Proof, Refusal,
    look::{Looking, Looks, Seen, explained, leaves_open},
    runs,
};
use crate::{Intervention, InterventionId, interventions::CloseIntervention};
use care_client_core::{Endpoint, Error, Pipeline};

/// Closes an intervention, and is sure of it. Made by
/// [`Interventions::close_confirmed`](crate::Interventions::close_confirmed); does nothing before it is awaited.
///
/// It reads the intervention first, and sends nothing if it is closed. It sends the close once. If no answer tells what came of it,
/// or the service refuses, which proves nothing (defect [`ENG-28`](crate::defects)), it reads again, at once and where
/// something may be under way once more after 3 s: only an intervention that shows [`closed`](Intervention::closed) is closed.
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
/// assert_eq!(again.proof, Proof::Before);
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// Those of [`get`](crate::Interventions::get) before anything is sent, otherwise those of
/// [`close`](crate::Interventions::close), with [`Refusal::NoReplies`] as source if that is why. After
/// [`Outcome::Unknown`](crate::Outcome::Unknown) it didn't show as closed, or couldn't be read, and may still be closed by what
/// was sent. To call this again sends nothing for what shows as closed; but if the first close was carried out and the customer
/// has reopened it since, it closes that: look at [`updated_at`](Intervention::updated_at) first. [`Kind::Decode`](crate::Kind::Decode)
/// if the service answers that it closed it, and doesn't show it as closed.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct CloseConfirmed {
    looks: Looks,
}

impl CloseConfirmed {
    pub(super) fn new(pipeline: Pipeline, id: InterventionId) -> Self {
        Self { looks: Looks { pipeline, id } }
    }

    async fn run(self) -> Result<Closed, Error> {
        let before = self.looks.read().await?;
        close(&self.looks, before).await
    }
}

/// Closes what was read before.
pub(super) async fn close(looks: &Looks, before: Intervention) -> Result<Closed, Error> {
    if before.is_closed() {
        return Ok(Closed { intervention: before, proof: Proof::Before });
    }
    let failure = match looks.pipeline.call(CloseIntervention::new(looks.id.clone())).await {
        Ok(intervention) if intervention.is_closed() => {
            return Ok(Closed { intervention, proof: Proof::Answered });
        }
        // An answer that contradicts itself, or doesn't tell: what the service shows decides.
        Ok(_) => None,
        Err(failure) if leaves_open(&failure) => Some(failure),
        Err(failure) => return Err(failure),
    };
    let closed = |seen: &Seen| match seen {
        Seen::There(intervention) if intervention.is_closed() => Some(Intervention::clone(intervention)),
        _ => None,
    };
    let looking = failure.as_ref().map_or(Looking::Twice, Looking::after);
    let seen = match looks.until(looking, closed).await {
        Ok(intervention) => return Ok(Closed { intervention, proof: Proof::ReadBack }),
        Err(seen) => seen,
    };
    Err(match failure {
        Some(failure) if failure.is_forbidden() => explained(failure, seen, Refusal::to_close),
        Some(failure) => failure,
        None => Error::decode("the service answered that it closed the intervention, and doesn't show it as closed")
            .in_operation(CloseIntervention::OPERATION),
    })
}

runs! { CloseConfirmed => Closed }
