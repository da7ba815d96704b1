use super::Notification;
use care_client_core::{BoxFuture, StoreError};
use std::sync::Arc;

/// Keeps notifications where they can't be lost: a [`FileJournal`](super::FileJournal), a [`MemorySink`](super::MemorySink), or a
/// database or queue of yours.
///
/// Here the file keeps it, and only then a part of the program that acts on it is told:
///
/// ```
/// use caremessenger_client::{BoxFuture, StoreError, webhook::{FileJournal, Notification, Sink}};
/// use tokio::sync::mpsc::UnboundedSender;
///
/// struct Desk {
///     journal: FileJournal,
///     bell: UnboundedSender<Notification>,
/// }
///
/// impl Sink for Desk {
///     fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
///         Box::pin(async move {
///             self.journal.store(notification).await?;
///             // The disk has it. If nobody hears the bell, or a crash ends the program now, it is read from the journal later.
///             let _ = self.bell.send(notification.clone());
///             Ok(())
///         })
///     }
/// }
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("caremessenger-sink-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let journal = FileJournal::open(folder.join("calls.jsonl"))?;
/// # let (bell, mut calls) = tokio::sync::mpsc::unbounded_channel();
/// # let desk = Desk { journal: journal.clone(), bell };
/// # let receiver = care_webhook::Receiver::builder(desk).notifier("duty desk", "3f9d2c51b7e04a68").build()?;
/// # let post = http::Request::post("/3f9d2c51b7e04a68").body(bytes::Bytes::from("help"))?;
/// # assert_eq!(receiver.handle(post).await.status(), 200);
/// # assert_eq!(Some(calls.try_recv()?), journal.read().await?.notifications.pop());
/// # std::fs::remove_dir_all(folder)?;
/// # Ok(()) }
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
