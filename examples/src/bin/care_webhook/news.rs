use caremessenger_client::{
    BoxFuture, StoreError,
    webhook::{FileJournal, Notification, Sink},
};
use examples::{Failure, caremessenger};
use tokio::sync::mpsc::UnboundedSender;

/// What there is to tell.
pub(crate) enum News {
    /// The disk has a call.
    Stored(String),
    /// It doesn't.
    NotStored(String),
    /// Somebody of the emulator does something.
    Does(&'static str, String),
    /// The emulator can't go on.
    Broken(Failure),
}

/// The journal, with somebody who tells of it. They hear by a channel: a terminal that stands still must keep no call back.
pub(crate) struct Told {
    pub(crate) journal: FileJournal,
    pub(crate) news: UnboundedSender<News>,
}

impl Sink for Told {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.journal.store(notification).await?;
            // Who tells of it may be gone already.
            drop(self.news.send(News::Stored(caremessenger::call(notification))));
            Ok(())
        })
    }
}
