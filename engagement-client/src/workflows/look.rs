//! Reading back what came of a call.

use super::Refusal;
use crate::{Intervention, InterventionId, interventions::GetIntervention};
use care_client_core::{Error, Outcome, Pipeline};
use std::time::Duration;
use tokio::time::sleep;

/// How long what is under way may take: a request whose answer was lost, or that of somebody who is at it already.
const SECOND_LOOK: Duration = Duration::from_secs(3);

/// How often to look.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Looking {
    /// At once: nothing is under way.
    Once,
    /// At once, and a little later.
    Twice,
}

/// What a look shows.
pub(super) enum Seen {
    There(Box<Intervention>),
    Gone,
}

/// Looks at one intervention.
#[derive(Debug)]
pub(super) struct Looks {
    pub(super) pipeline: Pipeline,
    pub(super) id: InterventionId,
}

impl Looks {
    /// # Errors
    ///
    /// As of [`get`](crate::Interventions::get).
    pub(super) async fn read(&self) -> Result<Intervention, Error> {
        self.pipeline.call(GetIntervention::new(self.id.clone())).await
    }

    /// # Errors
    ///
    /// As of [`get`](crate::Interventions::get), but for 404.
    async fn see(&self) -> Result<Seen, Error> {
        match self.read().await {
            Ok(intervention) => Ok(Seen::There(Box::new(intervention))),
            Err(error) if error.is_not_found() => Ok(Seen::Gone),
            Err(error) => Err(error),
        }
    }

    /// Looks until `done` finds what it wants; otherwise what the last look showed, if it showed anything.
    pub(super) async fn until<T>(
        &self,
        looking: Looking,
        done: impl Fn(&Seen) -> Option<T>,
    ) -> Result<T, Option<Seen>> {
        let mut last = None;
        for is_later in [false, true] {
            if is_later && looking == Looking::Once {
                break;
            }
            if is_later {
                sleep(SECOND_LOOK).await;
            }
            if let Ok(seen) = self.see().await {
                if let Some(found) = done(&seen) {
                    return Ok(found);
                }
                last = Some(seen);
            }
        }
        Err(last)
    }
}

/// Whether the failure leaves open how the intervention is now: the call may have been carried out, or refused because somebody
/// else was faster. No refusal proves that (ENG-28).
pub(super) fn leaves_open(failure: &Error) -> bool {
    failure.outcome() >= Outcome::Unknown
        || failure.is_conflict()
        || failure.is_forbidden()
        || failure.is_not_found()
        || failure.is_unprocessable()
}

/// The failure with why it came to that, as far as the last look tells.
pub(super) fn explained(failure: Error, seen: Option<Seen>, why: fn(&Intervention) -> Option<Refusal>) -> Error {
    let refusal = match seen {
        Some(Seen::There(intervention)) => why(&intervention),
        Some(Seen::Gone) | None => None,
    };
    match refusal {
        Some(refusal) => failure.with_source(refusal),
        None => failure,
    }
}

impl Looking {
    /// After a failure: something may be under way still if nobody knows what came of it, or somebody else is at it.
    pub(super) fn after(failure: &Error) -> Self {
        let is_settled = failure.outcome() < Outcome::Unknown && !failure.is_conflict();
        if is_settled { Self::Once } else { Self::Twice }
    }
}
