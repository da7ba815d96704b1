use crate::{
    DOCUMENT,
    feed::store::{ChangeStore, PendingAck},
    ids::{RequestId, RequestKey},
    requests::{acknowledge::Acknowledge, get::GetRequest, model::SupportRequest},
    xml::write::Dialect,
};
use care_client_core::{Error, Operation, Pipeline, Safety, StoreError};
use std::{fmt, sync::Arc};

const CHANGES: Operation = Operation::new("leap.requests.changes", "", Safety::Read, DOCUMENT);

/// What a feed reads, writes and keeps with.
#[derive(Clone)]
pub(super) struct FeedIo {
    pub(super) pipeline: Pipeline,
    pub(super) dialect: Dialect,
    pub(super) store: Arc<dyn ChangeStore>,
}

impl FeedIo {
    /// Reads a request; `None` if there is no such one.
    pub(super) async fn read(&self, id: &RequestId) -> Result<Option<SupportRequest>, Error> {
        match self.pipeline.call(GetRequest::new(RequestKey::Id(id.clone()))).await {
            Ok(request) if request.identifier == *id => Ok(Some(request)),
            Ok(_) => {
                Err(Error::decode("the server answered with another request than was asked for").in_operation(&CHANGES))
            }
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn acknowledge(&self, ids: Vec<RequestId>) -> Result<(), Error> {
        self.pipeline.call(Acknowledge::new(ids, self.dialect)).await
    }

    pub(super) async fn load(&self) -> Result<Vec<PendingAck>, Error> {
        self.store.load().await.map_err(|why| failed("the store of changes can't be read: nothing is delivered", why))
    }

    pub(super) async fn save(&self, pending: &PendingAck) -> Result<(), Error> {
        let text = "the store of changes can't be written: the change isn't acknowledged, and comes again";
        self.store.save(pending).await.map_err(|why| failed(text, why))
    }

    /// Forgets an entry. If that fails, the next start looks at the request in vain: nothing worse.
    pub(super) async fn forget(&self, id: &RequestId) {
        let _ = self.store.remove(id).await;
    }
}

fn failed(what: &'static str, why: StoreError) -> Error {
    Error::config(what).with_source(why).in_operation(&CHANGES)
}

/// A request is listed, and can't be found.
pub(super) fn lost() -> Error {
    Error::decode("the list has a request that the server doesn't find by its identifier: it isn't delivered")
        .in_operation(&CHANGES)
}

/// An acknowledgement was accepted twice, and the server goes on showing the request as unacknowledged.
pub(super) fn unheard() -> Error {
    Error::unknown("the server took the acknowledgement and still shows the request as unacknowledged: it comes again")
        .in_operation(&CHANGES)
}

impl fmt::Debug for FeedIo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeedIo").field("pipeline", &self.pipeline).finish_non_exhaustive()
    }
}
