//! Maps support requests to the objects of another system by their external ids.

use crate::{
    ids::{ExternalId, RequestId, RequestKey},
    requests::{
        get::GetRequest,
        model::{RequestRef, SupportRequest},
        set_external_id::SetExternalId,
    },
    workflows::failure::WorkflowFailure,
};
use care_client_core::{Endpoint, Error, Outcome, Pipeline, workflow::impl_into_future};

/// Gives a support request an external id unless it has it already. Made by
/// [`Requests::ensure_external_id`](crate::Requests::ensure_external_id).
///
/// It reads which request has the external id and which external id the request has, writes only if necessary, and
/// reads back if the outcome of the write is unknown. It is idempotent. Between read and write another system can still
/// come first: the server then answers 409, and the error names the owner.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().base_url(emulator.url())
/// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
/// # let new = care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked");
/// # let id = emulator.controller().raise(new)?;
/// # let id = id.as_str();
/// use leap_client::Mapping;
///
/// assert_eq!(leap.requests().ensure_external_id(id, "MAX-1").await?, Mapping::Mapped);
/// assert_eq!(leap.requests().ensure_external_id(id, "MAX-1").await?, Mapping::AlreadyMapped);
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// With [`WorkflowFailure::ExternalIdTaken`] or [`WorkflowFailure::HasExternalId`] as source; 404 if there is no such
/// request; [`Kind::Decode`](crate::Kind::Decode) if the server answers with another request than the one asked for.
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
pub struct EnsureExternalId {
    pipeline: Pipeline,
    id: RequestId,
    external: ExternalId,
    overwrite: bool,
}

/// What [`EnsureExternalId`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mapping {
    /// The request already had the external id: nothing was written.
    AlreadyMapped,
    /// The external id was written.
    Mapped,
}

impl EnsureExternalId {
    pub(super) fn new(pipeline: Pipeline, id: RequestId, external: ExternalId) -> Self {
        Self { pipeline, id, external, overwrite: false }
    }

    /// Replaces another external id that the request has. Default: another external id is an error.
    #[doc(alias = "overwrite")]
    pub fn with_overwrite(mut self) -> Self {
        self.overwrite = true;
        self
    }

    async fn run(self) -> Result<Mapping, Error> {
        let set = SetExternalId::new(self.id.clone(), self.external.clone());
        // Identifiers that can't be sent fail before anything is read.
        set.parts().map_err(|error| error.in_operation(SetExternalId::OPERATION))?;
        if self.is_mapped().await.map_err(Error::after_reads)? {
            return Ok(Mapping::AlreadyMapped);
        }
        let read = self.pipeline.call(GetRequest::new(RequestKey::Id(self.id.clone())));
        let request = read.await.map_err(Error::after_reads)?;
        match request.extid {
            Some(current) if current != self.external && !self.overwrite => Err(failed(
                "the request has another external id: to replace it, set with_overwrite()",
                WorkflowFailure::HasExternalId { current },
            )),
            _ => self.write(set).await,
        }
    }

    async fn write(&self, set: SetExternalId) -> Result<Mapping, Error> {
        match self.pipeline.call(set.clone()).await {
            Ok(RequestRef { identifier, .. }) if identifier == self.id => Ok(Mapping::Mapped),
            // The answer names another request, so the server's state decides.
            Ok(_) => self.read_back(None).await,
            Err(error) if error.is_conflict() || error.outcome() >= Outcome::Unknown => {
                self.read_back(Some(error)).await
            }
            Err(error) => Err(error),
        }
    }

    /// Reads back whether it was written.
    async fn read_back(&self, error: Option<Error>) -> Result<Mapping, Error> {
        match (self.is_mapped().await, error) {
            (Ok(true), _) => Ok(Mapping::Mapped),
            (Err(taken), _) if WorkflowFailure::of(&taken).is_some() => Err(taken),
            (_, Some(error)) => Err(error),
            (Err(error), None) => Err(error),
            (Ok(false), None) => {
                Err(Error::unknown("the answer named another request, and the request does not have the external id")
                    .in_operation(SetExternalId::OPERATION))
            }
        }
    }

    async fn is_mapped(&self) -> Result<bool, Error> {
        match owner(&self.pipeline, &self.external).await? {
            None => Ok(false),
            Some(request) if request.identifier == self.id => Ok(true),
            Some(request) => {
                let failure = WorkflowFailure::ExternalIdTaken { owner: request.identifier };
                Err(failed("another request has this external id", failure))
            }
        }
    }
}

fn failed(what: &'static str, failure: WorkflowFailure) -> Error {
    Error::request(what).with_source(failure).in_operation(SetExternalId::OPERATION).after_reads()
}

/// Reads the request with this external id.
async fn owner(pipeline: &Pipeline, external: &ExternalId) -> Result<Option<SupportRequest>, Error> {
    match pipeline.call(GetRequest::new(RequestKey::External(external.clone()))).await {
        Ok(request) if request.extid.as_ref() == Some(external) => Ok(Some(request)),
        // A mapping between two systems must not rest on another request.
        Ok(_) => Err(Error::decode("the server answered with another external id than the one asked for")
            .in_operation(GetRequest::OPERATION)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

impl_into_future!(EnsureExternalId => Mapping);

/// Reads the support request with an external id. Made by
/// [`Requests::find_by_external_id`](crate::Requests::find_by_external_id).
///
/// # Errors
///
/// As [`get`](crate::Requests::get), except that a 404 is `None`. [`Kind::Decode`](crate::Kind::Decode) if the answer
/// has another external id.
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
pub struct FindByExternalId {
    pipeline: Pipeline,
    external: ExternalId,
}

impl FindByExternalId {
    pub(super) fn new(pipeline: Pipeline, external: ExternalId) -> Self {
        Self { pipeline, external }
    }

    async fn run(self) -> Result<Option<SupportRequest>, Error> {
        owner(&self.pipeline, &self.external).await.map_err(Error::after_reads)
    }
}

impl_into_future!(FindByExternalId => Option<SupportRequest>);
