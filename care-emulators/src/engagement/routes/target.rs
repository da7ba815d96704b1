//! The intervention that a request is about.

use axum::extract::{FromRequestParts, Path};
use http::request::Parts;

use super::super::intervention::Intervention;
use super::super::refusal::Refusal;
use super::super::world::State;

/// The id in a path.
pub(super) struct Id(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Path(id) = Path::from_request_parts(parts, state).await.map_err(|_| Refusal::not_found())?;
        Ok(Self(id))
    }
}

impl State {
    /// An intervention that `caller` may read. For all others it doesn't exist.
    pub(super) fn readable(&self, id: &str, caller: &str) -> Result<&Intervention, Refusal> {
        let intervention = self.desk.get(id)?;
        if self.people.reads(caller, &intervention.source_id) { Ok(intervention) } else { Err(Refusal::not_found()) }
    }
}
