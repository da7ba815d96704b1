mod content;
mod writer;

pub use content::{DamagedLine, JournalContent};

use super::{Notification, Sink};
use care_client_core::{BoxFuture, StoreError};
use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::task::spawn_blocking;
use writer::{DISK, Disk, Writer};

/// Keeps notifications in a file, one a line, as JSON. What [`store`](Sink::store) has returned for is on the disk, whatever crashes
/// then: the line and, for a new file, its name are synced before. That happens on a thread of its own, never on the runtime's. Clones
/// are the same journal.
///
/// A crash in the middle of a line leaves a damaged one, and so does a full disk. It was not acknowledged, so it is posted again if the
/// receiver is up in time. The next line begins behind it, and [`read`](Self::read) tells of it: look at it, for it may be a call for
/// help. Nothing is ever changed or removed in the file.
///
/// If the file is moved away while the journal is open, to keep it small, the next notification makes a new one. A line that is being
/// written lands in the moved file: read that again some seconds later, before you remove it.
///
/// One process at a time should write to a file. Two at once, such as a restart that overlaps, lose nothing, but mark no repetitions of
/// each other. On Unix only its owner may read it, if the journal makes it.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("caremessenger-journal-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("calls.jsonl");
/// use care_webhook::{FileJournal, Receiver};
///
/// let journal = FileJournal::open(&path)?;
/// let receiver = Receiver::builder(journal.clone()).notifier("duty desk", "3f9d2c51b7e04a68").build()?;
/// // After a restart, what was stored before marks its own repetitions:
/// receiver.remember(&journal.read().await?.notifications).await?;
/// # std::fs::remove_dir_all(folder)?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct FileJournal {
    path: Arc<Path>,
    writer: Arc<Mutex<Writer>>,
}

impl FileJournal {
    /// Opens the journal at `path`, and makes the file if there is none. Its directory must exist. It blocks for as long as the disk takes:
    /// open it before you serve.
    ///
    /// # Errors
    ///
    /// If the file can't be opened, made or synced; or, as [`InvalidData`](io::ErrorKind::InvalidData), if it holds something else: it is
    /// left as it is then.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        Self::on_disk(path.into(), DISK)
    }

    fn on_disk(path: PathBuf, disk: Disk) -> io::Result<Self> {
        let writer = Writer::open(&path, disk)?;
        Ok(Self { path: path.into(), writer: Arc::new(Mutex::new(writer)) })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads all that the file has, on a thread of its own.
    ///
    /// # Errors
    ///
    /// If the file can't be read. A line that can't be read is no error: it is among the [`damaged`](JournalContent::damaged) ones.
    pub async fn read(&self) -> io::Result<JournalContent> {
        let path = Arc::clone(&self.path);
        spawn_blocking(move || Self::read_file(&path)).await.map_err(io::Error::other)?
    }

    /// Reads a journal that nobody needs to have open, such as one that was moved away. It blocks.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_file(path: impl AsRef<Path>) -> io::Result<JournalContent> {
        std::fs::read(path).map(|bytes| JournalContent::parse(&bytes))
    }
}

impl Sink for FileJournal {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        let line = serde_json::to_vec(notification);
        let (path, writer) = (Arc::clone(&self.path), Arc::clone(&self.writer));
        Box::pin(async move {
            let line = line.map_err(StoreError::new)?;
            let append = move || writer.lock().unwrap_or_else(PoisonError::into_inner).append(&path, &line);
            spawn_blocking(append).await.map_err(StoreError::new)??;
            Ok(())
        })
    }
}

impl fmt::Debug for FileJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileJournal").field("path", &self.path).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use care_testkit::Folder;
    use chrono::DateTime;
    use std::thread::{self, ThreadId};

    #[tokio::test]
    async fn the_disk_is_waited_for_on_another_thread() {
        static SYNCED_ON: Mutex<Option<ThreadId>> = Mutex::new(None);
        let sync = |_: &std::fs::File| {
            *SYNCED_ON.lock().unwrap() = Some(thread::current().id());
            Ok(())
        };
        let folder = Folder::new();
        let journal = FileJournal::on_disk(folder.file("calls"), Disk { sync, ..DISK }).unwrap();
        assert_eq!(SYNCED_ON.lock().unwrap().take(), Some(thread::current().id()), "it is opened before it serves");
        let notification = Notification::new("desk".into(), DateTime::UNIX_EPOCH, Default::default(), "a".into());
        journal.store(&notification).await.unwrap();
        assert!(SYNCED_ON.lock().unwrap().take().is_some_and(|on| on != thread::current().id()));
        assert_eq!(journal.read().await.unwrap().notifications, [notification]);
    }
}
