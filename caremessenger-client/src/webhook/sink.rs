use super::Notification;
use care_client_core::{BoxFuture, StoreError};
use std::sync::Arc;

/// Keeps notifications where they can't be lost: a [`FileJournal`](super::FileJournal), a [`MemorySink`](super::MemorySink), or a
/// database or queue of yours.
///
/// ```
/// use caremessenger_client::{BoxFuture, StoreError, webhook::{Notification, Sink}};
///
/// struct Queue(tokio::sync::mpsc::UnboundedSender<Notification>);
///
/// impl Sink for Queue {
///     fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
///         let sent = self.0.send(notification.clone()).map_err(|_| StoreError::from("nobody reads the queue"));
///         Box::pin(async move { sent })
///     }
/// }
/// ```
pub trait Sink: Send + Sync {
    /// Keeps a notification, and returns when nothing can lose it any more: CareMessenger is told then that it has arrived. It may be
    /// called for several at once, and again for one that it has kept already: the copy is [marked](Notification::duplicate).
    ///
    /// What takes long on this thread belongs on another one.
    ///
    /// # Errors
    ///
    /// Anything that kept it from keeping it. The answer is 503 then, and the post may come again.
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>>;
}

impl<S: Sink + ?Sized> Sink for Arc<S> {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        (**self).store(notification)
    }
}
