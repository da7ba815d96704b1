//! What a feed reads from LEAP, writes to it, and keeps in its store.

use crate::{
    address::DOCUMENT,
    feed::store::{ChangeStore, PendingAck},
    ids::{RequestId, RequestKey},
    requests::{acknowledge::Acknowledge, get::GetRequest, model::SupportRequest},
    xml::write::Dialect,
};
use care_client_core::{Error, Operation, Pipeline, Safety, StoreError};
use std::{fmt, sync::Arc};

const CHANGES: Operation = Operation::new("leap.requests.changes", "", Safety::Read, DOCUMENT);

#[derive(Clone)]
pub(super) struct FeedIo {
    pub(super) pipeline: Pipeline,
    pub(super) dialect: Dialect,
    pub(super) store: Arc<dyn ChangeStore>,
}

impl FeedIo {
    /// Reads a request; `None` if it doesn't exist.
    pub(super) async fn read(&self, id: &RequestId) -> Result<Option<SupportRequest>, Error> {
        match self.pipeline.call(GetRequest::new(RequestKey::Id(id.clone()))).await {
            Ok(request) => Ok(Some(request)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn acknowledge(&self, ids: Vec<RequestId>) -> Result<(), Error> {
        self.pipeline.call(Acknowledge::new(ids).in_dialect(self.dialect)).await
    }

    pub(super) async fn load(&self) -> Result<Vec<PendingAck>, Error> {
        let text = "the store of changes could not be read: no change is delivered until it can";
        self.store.load().await.map_err(|why| store_error(text, why))
    }

    pub(super) async fn save(&self, pending: &PendingAck) -> Result<(), Error> {
        let text = "the store of changes could not be written: the change is not acknowledged and is delivered again";
        self.store.save(pending).await.map_err(|why| store_error(text, why))
    }

    /// Removes an entry. If that fails, the next start reads the request once more; nothing else follows.
    pub(super) async fn forget(&self, id: &RequestId) {
        let _ = self.store.remove(id).await;
    }
}

fn store_error(text: &'static str, why: StoreError) -> Error {
    Error::config(text).with_source(why).in_operation(&CHANGES)
}

/// The error of a request that is listed and not found by its identifier.
pub(super) fn listed_but_not_found() -> Error {
    Error::decode("a request in the list was not found by its identifier: it is not delivered until it is")
        .in_operation(&CHANGES)
}

/// The error of an acknowledgement that the server accepted twice without effect.
pub(super) fn acknowledgement_ignored() -> Error {
    Error::unknown(
        "the server accepted the acknowledgement and still shows the request as unacknowledged: it is delivered again",
    )
    .in_operation(&CHANGES)
}

impl fmt::Debug for FeedIo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeedIo").field("pipeline", &self.pipeline).finish_non_exhaustive()
    }
}
