use super::{Cancelled, Closed, Proof, Refusal, cancel_confirmed::cancel, close_confirmed::close, look::Looks, runs};
use crate::{Intervention, InterventionId, interventions::GetIntervention};
use care_client_core::{Endpoint, Error, Pipeline};

/// Ends an intervention in the way that its replies allow. Made by
/// [`Interventions::close_or_cancel`](crate::Interventions::close_or_cancel); does nothing before it is awaited.
///
/// One with agent replies is closed as by [`close_confirmed`](crate::Interventions::close_confirmed); one without is cancelled
/// as by [`cancel_confirmed`](crate::Interventions::cancel_confirmed), **which destroys it**. The two exclude each other: defect
/// [`ENG-18`](crate::defects). If an agent replies to it or closes it in between, it is read and decided once more.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
/// #     .access_token(emulator.access_token()).build()?;
/// # let id = emulator.controller().open_new();
/// # emulator.controller().reply(&id)?;
/// use engagement_client::Ended;
///
/// match engagement.interventions().close_or_cancel(id).await? {
///     Ended::Closed(closed) => println!("{} was answered, and is closed", closed.intervention.id),
///     Ended::Cancelled(cancelled) => println!("{} was never answered, and is gone", cancelled.intervention.id),
/// #   _ => {}
/// }
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// Those of the workflow that it came to. [`Kind::Decode`](crate::Kind::Decode) if the service doesn't say how many replies
/// there are: nothing was sent then.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct CloseOrCancel {
    looks: Looks,
}

/// How an intervention was ended.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Ended {
    /// It is closed.
    Closed(Closed),
    /// It is gone.
    Cancelled(Cancelled),
}

impl CloseOrCancel {
    pub(super) fn new(pipeline: Pipeline, id: InterventionId) -> Self {
        Self { looks: Looks { pipeline, id } }
    }

    async fn run(self) -> Result<Ended, Error> {
        let before = self.looks.read().await?;
        let failure = match self.end(before).await {
            Err(failure) if Refusal::of(&failure).is_some() => failure,
            ended => return ended,
        };
        // Somebody has replied to it or closed it in between.
        match self.looks.read().await {
            Ok(now) if now.is_closed() => Ok(Ended::Closed(Closed { intervention: now, proof: Proof::ReadBack })),
            Ok(now) => self.end(now).await,
            Err(_) => Err(failure),
        }
    }

    async fn end(&self, before: Intervention) -> Result<Ended, Error> {
        match before.user_replies_count {
            // ENG-18
            Some(0) if !before.is_closed() => cancel(&self.looks, before).await.map(Ended::Cancelled),
            None if !before.is_closed() => Err(Error::decode(
                "the answer doesn't say how many replies of agents there are, which decides how to end it",
            )
            .in_operation(GetIntervention::OPERATION)),
            _ => close(&self.looks, before).await.map(Ended::Closed),
        }
    }
}

runs! { CloseOrCancel => Ended }
