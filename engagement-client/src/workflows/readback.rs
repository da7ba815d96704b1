//! Readback: reading an intervention to find out what became of a request.
//!
//! No answer of the service except the intervention itself proves that a close or cancel was carried out: a lost answer
//! proves nothing, and a refusal may mean that somebody else was faster (defect `ENG-28`). So a workflow that got no
//! usable answer reads the intervention at once, and again after 3 s if a request may still be in flight: its own, if
//! nobody knows what became of it, or another agent's, after a 409. A read that fails shows nothing and is not an error
//! of the workflow.

use crate::{
    ids::InterventionId,
    interventions::{GetIntervention, Intervention},
    workflows::result::WorkflowFailure,
};
use care_client_core::{
    Error, Outcome, Pipeline,
    workflow::{PollError, Polling, poll_until},
};
use std::{ops::ControlFlow, time::Duration};

/// How long a request may stay in flight after its answer was lost, or another agent's request after a 409.
const SECOND_READ: Duration = Duration::from_secs(3);

/// What a read shows.
pub(super) enum Snapshot {
    Found(Box<Intervention>),
    NotFound,
}

/// Reads one intervention.
#[derive(Debug)]
pub(super) struct Readback {
    pub(super) pipeline: Pipeline,
    pub(super) id: InterventionId,
}

impl Readback {
    /// Reads the intervention once.
    ///
    /// # Errors
    ///
    /// As [`get`](crate::Interventions::get).
    pub(super) async fn read(&self) -> Result<Intervention, Error> {
        self.pipeline.call(GetIntervention::new(self.id.clone())).await
    }

    /// Reads until `condition` holds; otherwise returns what the last successful read showed, if there was one.
    pub(super) async fn until<T>(
        &self,
        schedule: Polling,
        condition: impl Fn(&Snapshot) -> Option<T>,
    ) -> Result<T, Option<Snapshot>> {
        let condition = &condition;
        let read = || async move {
            let snapshot = match self.read().await {
                Ok(intervention) => Snapshot::Found(Box::new(intervention)),
                Err(error) if error.is_not_found() => Snapshot::NotFound,
                Err(error) => return Err(error),
            };
            Ok(match condition(&snapshot) {
                Some(found) => ControlFlow::Break(found),
                None => ControlFlow::Continue(snapshot),
            })
        };
        poll_until(schedule.ignore_failures(), read).await.map_err(|error| match error {
            PollError::Exhausted { seen, .. } => seen,
            _ => None,
        })
    }
}

/// Two reads, 3 s apart.
pub(super) const fn twice() -> Polling {
    Polling::times(2, SECOND_READ)
}

/// Reads once after a failure that settles the request, otherwise twice.
pub(super) fn schedule_after(failure: &Error) -> Polling {
    let is_settled = failure.outcome() < Outcome::Unknown && !failure.is_conflict();
    if is_settled { Polling::times(1, SECOND_READ) } else { twice() }
}

/// Whether the state of the intervention is open after this failure: the request may have been carried out, or refused
/// because somebody else was faster. No refusal proves that (`ENG-28`).
pub(super) fn needs_readback(failure: &Error) -> bool {
    failure.outcome() >= Outcome::Unknown
        || failure.is_conflict()
        || failure.is_forbidden()
        || failure.is_not_found()
        || failure.is_unprocessable()
}

/// Adds the reason for the failure, as far as the last read shows it.
pub(super) fn with_reason(
    failure: Error,
    seen: Option<Snapshot>,
    reason: fn(&Intervention) -> Option<WorkflowFailure>,
) -> Error {
    let reason = match seen {
        Some(Snapshot::Found(intervention)) => reason(&intervention),
        Some(Snapshot::NotFound) | None => None,
    };
    match reason {
        Some(reason) => failure.with_source(reason),
        None => failure,
    }
}
