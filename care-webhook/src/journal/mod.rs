//! The journal: notifications in a file, one a line, on the disk before they are acknowledged.
//!
//! ```text
//! store(notification)
//!   └ Queue              queue.rs      all that wait are one group: one write, one fsync
//!       └ Writer         writer.rs     the end of the file
//!           └ Rotation   rotation.rs   files by size or day, and which are forgotten
//! read, stream, since
//!   └ JournalReader      reader.rs     one line at a time
//!       └ from_end                     where a time begins, found from the file's end
//! ```

mod builder;
mod entry;
mod from_end;
mod queue;
mod reader;
mod rotation;
mod writer;

pub use builder::FileJournalBuilder;
pub use entry::{DamagedLine, JournalContent, JournalEntry};
pub use reader::{JournalReader, JournalStream};

use crate::{notification::Notification, sink::Sink};
use care_client_core::{BoxFuture, StoreError};
use chrono::{DateTime, Utc};
use queue::Queue;
use rotation::Rotation;
use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::task::spawn_blocking;
use writer::{Disk, Writer};

/// Keeps notifications in a file, one a line, as JSON. What [`store`](Sink::store) has returned for is on the disk,
/// whatever crashes then: the line and, for a new file, its name are synced before. All notifications that wait are
/// written and synced together, on one of tokio's threads for blocking work. If that fails, none of them is
/// acknowledged. Clones are the same journal.
///
/// A crash in the middle of a line leaves a damaged one, and so does a full disk. It was not acknowledged, so it is
/// posted again if the receiver is up in time. The next line begins behind it, and reading reports it: look at it, for
/// it may be a call for help. Nothing that was written is ever changed; files are only removed if
/// [`forget_after`](FileJournalBuilder::forget_after) says so.
///
/// The [builder](Self::builder) cuts it into files by size or by day. If the file is moved away by somebody else, the
/// next notification makes a new one; a line that is being written then lands in the moved file.
///
/// One process at a time should write to a file. Two at once, such as a restart that overlaps, lose nothing, but mark
/// no repetitions of each other. On Unix only its owner may read it, if the journal makes it.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("care-webhook-journal-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("calls.jsonl");
/// use care_webhook::{FileJournal, Receiver, SecretInPath};
///
/// let journal = FileJournal::open(&path)?;
/// let receiver = Receiver::builder(SecretInPath::new(), journal.clone())
///     .notifier("duty desk", "3f9d2c51b7e04a68")
///     .build()?;
/// // After a restart, what was stored before marks its own repetitions:
/// receiver.remember_journal(&journal).await?;
/// # std::fs::remove_dir_all(folder)?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct FileJournal {
    path: Arc<Path>,
    queue: Arc<Queue>,
}

impl FileJournal {
    /// Opens the journal at `path`, and makes the file if there is none. Its directory must exist. It blocks for as
    /// long as the disk takes: open it before you serve.
    ///
    /// # Errors
    ///
    /// If the file can't be opened, made or synced; or, as [`InvalidData`](io::ErrorKind::InvalidData), if it holds
    /// something else: it is left as it is then.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        Self::builder(path).open()
    }

    /// Begins a journal with settings: files by size or by day.
    pub fn builder(path: impl Into<PathBuf>) -> FileJournalBuilder {
        FileJournalBuilder::new(path.into())
    }

    fn new(path: PathBuf, disk: Disk, rotation: Rotation) -> io::Result<Self> {
        let writer = Writer::open(&path, disk, rotation)?;
        // What can't be removed now is tried again when the next file is rotated out.
        let _ = rotation.forget(&path, Utc::now().date_naive());
        let path: Arc<Path> = path.into();
        Ok(Self { queue: Arc::new(Queue::new(Arc::clone(&path), writer)), path })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads all that the journal has, with the files that were rotated out of it, oldest first, in constant memory.
    ///
    /// If the journal can't be opened, the first item is the error. Must be called within a tokio runtime.
    #[must_use]
    pub fn stream(&self) -> JournalStream {
        let path = Arc::clone(&self.path);
        JournalStream::new(move || JournalReader::open(path))
    }

    /// Reads what was received at this time or later. Only the end of the journal is read, however long it is. The line
    /// numbers of damaged lines count from where it begins.
    ///
    /// If the journal can't be opened, the first item is the error. Must be called within a tokio runtime.
    #[must_use]
    pub fn stream_since(&self, time: DateTime<Utc>) -> JournalStream {
        let path = Arc::clone(&self.path);
        JournalStream::new(move || JournalReader::since(&path, time))
    }

    /// Reads all that the journal has into memory: for short ones. A long one is better read as a
    /// [`stream`](Self::stream).
    ///
    /// # Errors
    ///
    /// If a file can't be read. A line that can't be read is no error: it is among the
    /// [`damaged`](JournalContent::damaged) ones.
    pub async fn read(&self) -> io::Result<JournalContent> {
        let path = Arc::clone(&self.path);
        let read = move || JournalReader::open(path).and_then(JournalContent::collect);
        spawn_blocking(read).await.map_err(io::Error::other)?
    }

    /// Reads one file into memory that nobody needs to have open, such as one that was moved away. It blocks.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_file(path: impl AsRef<Path>) -> io::Result<JournalContent> {
        JournalReader::of_file(path).and_then(JournalContent::collect)
    }
}

impl Sink for FileJournal {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        let line = serde_json::to_vec(notification);
        Box::pin(async move {
            let line = line.map_err(StoreError::new)?;
            Ok(self.queue.store(line).await?)
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
    use super::writer::{DISK, Disk};
    use super::*;
    use crate::notification::Notification;
    use care_testkit::Folder;
    use chrono::DateTime;
    use std::{
        sync::Mutex,
        thread::{self, ThreadId},
    };

    #[tokio::test]
    async fn the_disk_is_waited_for_on_another_thread() {
        static SYNCED_ON: Mutex<Option<ThreadId>> = Mutex::new(None);
        let sync = |_: &std::fs::File| {
            *SYNCED_ON.lock().unwrap() = Some(thread::current().id());
            Ok(())
        };
        let folder = Folder::new();
        let journal = FileJournal::builder(folder.file("calls")).open_on(Disk { sync, ..DISK }).unwrap();
        assert_eq!(SYNCED_ON.lock().unwrap().take(), Some(thread::current().id()), "it is opened before it serves");
        let notification = Notification::new("desk".into(), DateTime::UNIX_EPOCH, Default::default(), "a".into());
        journal.store(&notification).await.unwrap();
        assert!(SYNCED_ON.lock().unwrap().take().is_some_and(|on| on != thread::current().id()));
        assert_eq!(journal.read().await.unwrap().notifications, [notification]);
    }
}
