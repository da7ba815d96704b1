//! Where notifications are kept: the [`Sink`] that a receiver stores in, and one in memory.

use crate::notification::Notification;
use care_client_core::{BoxFuture, StoreError};
use std::{
    fmt, mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Keeps notifications where they can't be lost: a [`FileJournal`](crate::FileJournal), a [`MemorySink`], or a
/// database or queue of yours.
///
/// Here the file keeps it, and only then another part of the program acts on it:
///
/// ```
/// use care_webhook::{BoxFuture, FileJournal, Notification, Sink, StoreError};
/// use tokio::sync::mpsc::UnboundedSender;
///
/// struct Desk {
///     journal: FileJournal,
///     bell: UnboundedSender<Notification>,
/// }
///
/// impl Sink for Desk {
///     fn store<'a>(&'a self, call: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
///         Box::pin(async move {
///             self.journal.store(call).await?;
///             // The disk has it. After a crash it is read from the journal.
///             let _ = self.bell.send(call.clone());
///             Ok(())
///         })
///     }
/// }
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("care-webhook-sink-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let journal = FileJournal::open(folder.join("calls.jsonl"))?;
/// # let (bell, mut calls) = tokio::sync::mpsc::unbounded_channel();
/// # let desk = Desk { journal: journal.clone(), bell };
/// # use care_webhook::{Receiver, SecretInPath};
/// # let builder = Receiver::builder(SecretInPath::new(), desk);
/// # let receiver = builder.notifier("duty desk", "3f9d2c51b7e04a68").build()?;
/// # let post = http::Request::post("/3f9d2c51b7e04a68").body(bytes::Bytes::from("help"))?;
/// # assert_eq!(receiver.handle(post).await.status(), 200);
/// # assert_eq!(Some(calls.try_recv()?), journal.read().await?.notifications.pop());
/// # std::fs::remove_dir_all(folder)?;
/// # Ok(()) }
/// ```
pub trait Sink: Send + Sync {
    /// Keeps a notification, and returns when nothing can lose it any more: only then it is acknowledged. It may be
    /// called for many at once, and again for one that it has kept already: the copy is
    /// [marked](Notification::duplicate).
    ///
    /// It must not block its thread for long.
    ///
    /// # Errors
    ///
    /// If the notification could not be kept. The answer is 503 then, and the post may come again.
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>>;
}

impl<S: Sink + ?Sized> Sink for Arc<S> {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        (**self).store(notification)
    }
}

/// Keeps notifications as long as the process lives: for tests, and for programs that hand them on at once. A crash
/// loses what was acknowledged. Clones are the same sink.
#[derive(Clone, Default)]
pub struct MemorySink(Arc<Mutex<Vec<Notification>>>);

impl MemorySink {
    /// An empty sink.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All that is in it, in the order of arrival.
    #[must_use]
    pub fn notifications(&self) -> Vec<Notification> {
        self.locked().clone()
    }

    /// Takes all that is in it out.
    #[must_use]
    pub fn take(&self) -> Vec<Notification> {
        mem::take(&mut *self.locked())
    }

    fn locked(&self) -> MutexGuard<'_, Vec<Notification>> {
        // Nothing that holds the lock can leave the list half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for MemorySink {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.locked().push(notification.clone());
            Ok(())
        })
    }
}

impl fmt::Debug for MemorySink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemorySink").field("notifications", &self.locked().len()).finish()
    }
}
