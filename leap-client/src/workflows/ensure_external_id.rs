use crate::{
    ids::{ExternalId, RequestId, RequestKey},
    requests::{
        get::GetRequest,
        model::{RequestRef, SupportRequest},
        set_external_id::SetExternalId,
    },
    workflows::refusal::Refusal,
};
use care_client_core::{BoxFuture, Endpoint, Error, Outcome, Pipeline};
use std::future::IntoFuture;

/// Makes sure that a support request has an external id. Made by
/// [`Requests::ensure_external_id`](crate::Requests::ensure_external_id); does nothing before it is awaited.
///
/// It looks who has the external id and what the request has, writes only if need be, and after a lost answer looks again.
/// Done twice it changes nothing the second time. Between the look and the write another system can still come first: the
/// server then answers 409, and the error names the owner.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().root(emulator.url())
/// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
/// # let id = emulator.controller().raise(care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked"))?;
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
/// With [`Refusal::ExternalIdTaken`] or [`Refusal::HasExternalId`] as source; 404 if there is no such request;
/// [`Kind::Decode`](crate::Kind::Decode) if the server answers for another request than the one named.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct EnsureExternalId {
    pipeline: Pipeline,
    id: RequestId,
    external: ExternalId,
    overwrite: bool,
}

/// How [`EnsureExternalId`] found the external id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mapping {
    /// The request had it: nothing was written.
    AlreadyMapped,
    /// The request has it now.
    Mapped,
}

impl EnsureExternalId {
    pub(super) fn new(pipeline: Pipeline, id: RequestId, external: ExternalId) -> Self {
        Self { pipeline, id, external, overwrite: false }
    }

    /// Replaces another external id that the request has. Default: that is an error.
    pub fn overwrite(mut self) -> Self {
        self.overwrite = true;
        self
    }

    async fn run(self) -> Result<Mapping, Error> {
        let set = SetExternalId::new(self.id.clone(), self.external.clone());
        // Nothing is read for names that can't be written.
        set.parts().map_err(|error| error.in_operation(SetExternalId::OPERATION))?;
        if self.is_mapped().await? {
            return Ok(Mapping::AlreadyMapped);
        }
        let request = self.pipeline.call(GetRequest::new(RequestKey::Id(self.id.clone()))).await?;
        match request.extid {
            Some(current) if current != self.external && !self.overwrite => {
                Err(refused("the request has another external id: see overwrite()", Refusal::HasExternalId { current }))
            }
            _ => self.write(set).await,
        }
    }

    async fn write(&self, set: SetExternalId) -> Result<Mapping, Error> {
        match self.pipeline.call(set.clone()).await {
            Ok(RequestRef { identifier, .. }) if identifier == self.id => Ok(Mapping::Mapped),
            // The answer names another request: what the server has decides.
            Ok(_) => self.seen(None).await,
            Err(error) if error.is_conflict() || error.outcome() >= Outcome::Unknown => self.seen(Some(error)).await,
            Err(error) => Err(error),
        }
    }

    /// Looks whether it was written.
    async fn seen(&self, error: Option<Error>) -> Result<Mapping, Error> {
        match (self.is_mapped().await, error) {
            (Ok(true), _) => Ok(Mapping::Mapped),
            (Err(taken), _) if Refusal::of(&taken).is_some() => Err(taken),
            (_, Some(error)) => Err(error),
            (Err(error), None) => Err(error),
            (Ok(false), None) => {
                Err(Error::unknown("the answer named another request, and the external id isn't there")
                    .in_operation(SetExternalId::OPERATION))
            }
        }
    }

    async fn is_mapped(&self) -> Result<bool, Error> {
        match owner(&self.pipeline, &self.external).await? {
            None => Ok(false),
            Some(request) if request.identifier == self.id => Ok(true),
            Some(request) => {
                let refusal = Refusal::ExternalIdTaken { owner: request.identifier };
                Err(refused("another request has this external id", refusal))
            }
        }
    }
}

fn refused(what: &'static str, refusal: Refusal) -> Error {
    Error::request(what).with_source(refusal).in_operation(SetExternalId::OPERATION)
}

/// The request with this external id.
pub(super) async fn owner(pipeline: &Pipeline, external: &ExternalId) -> Result<Option<SupportRequest>, Error> {
    match pipeline.call(GetRequest::new(RequestKey::External(external.clone()))).await {
        Ok(request) if request.extid.as_ref() == Some(external) => Ok(Some(request)),
        // Whoever maps two systems by this id must not build on another request.
        Ok(_) => {
            Err(Error::decode("the answer has another external id than was asked for")
                .in_operation(GetRequest::OPERATION))
        }
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

impl IntoFuture for EnsureExternalId {
    type Output = Result<Mapping, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
