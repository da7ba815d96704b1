//! A small durable map for one process: records by key, in one file to which changes are appended.
//!
//! The service crates keep in it what must outlive the process: AURA's sessions, LEAP's acknowledgements under way.
//!
//! # Contract
//!
//! - **Durable.** A save returns when its record is on the disk (`fdatasync`). All saves that wait at the same time are
//!   written together and synced once, so a thousand of them cost little more than one.
//! - **The cost of a save doesn't depend on how many records are kept.** A save appends one line. When the file is
//!   twice as large as what it holds, it is rewritten (see [`disk`]).
//! - **Crash-safe.** Whatever moment the process is killed at, the next one finds every record whose save has returned.
//!   The last write may be torn, since none of its saves has returned; damage anywhere else is an error, and the file
//!   is left alone.
//! - **Not confused by others.** A file that somebody has moved, emptied, changed or hard-linked while it was open is
//!   written anew with all records. One that may not be written is replaced, if its directory may be written. Nothing
//!   beside the file is removed but `NAME.tmp-PID`, which is the store's own.
//! - **One process.** `NAME.lock` beside the file is locked while it is open. A second process gets an error that names
//!   the file and the process, or waits for it with [`KeyedLog::open_within`]. [`KeyedLog::read`] needs no lock. If
//!   somebody removes the lock file, what another process has saved meanwhile is read before the next write.
//! - **Private.** New files are readable by their owner alone (mode 0600 on Unix).
//! - **Reads the first format.** A file that version 0.1 wrote as one JSON document is read. The first save replaces
//!   it and keeps it as `NAME.v1`, or where there is another one already, as `NAME.v1.2` and so on.
//!
//! Users configure nothing here but the path: `FileSessionStore::open("callouts.json")`.

mod disk;
mod first_format;
mod format;
mod location;
mod lock;
mod writer;

pub use format::Record;
pub use location::sync_directory;

use crate::error::StoreError;
use format::Change;
use lock::LockFile;
use std::{
    fmt, io,
    marker::PhantomData,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::time::{Instant, sleep};
use writer::Writer;

/// How often a waiting opener checks whether the file is free.
const LOCK_POLL: Duration = Duration::from_millis(50);

/// Records by key in one file, durable and for one process. Clones are the same open file.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let directory = std::env::temp_dir().join(format!("care-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&directory)?;
/// # let path = directory.join("visits.json");
/// use care_client_core::{KeyedLog, Record};
/// use serde::{Deserialize, Deserializer, Serialize};
///
/// #[derive(Serialize, Deserialize)]
/// struct Visit {
///     id: String,
///     seen: u32,
/// }
///
/// impl Record for Visit {
///     const CONTENT: &'static str = "visits";
///
///     fn key(&self) -> &str {
///         &self.id
///     }
///     fn read_first_format<'de, D>(document: D) -> Result<Vec<Self>, D::Error>
///     where
///         D: Deserializer<'de>,
///     {
///         Vec::deserialize(document)
///     }
/// }
///
/// let visits = KeyedLog::<Visit>::open(&path)?;
/// visits.save(&Visit { id: "10000001".to_owned(), seen: 3 }).await?;
///
/// assert_eq!(KeyedLog::<Visit>::read(&path)?[0].seen, 3);
/// # std::fs::remove_dir_all(directory)?;
/// # Ok(()) }
/// ```
pub struct KeyedLog<R> {
    writer: Arc<Writer>,
    lock: Arc<LockFile>,
    records: PhantomData<fn(R) -> R>,
}

impl<R: Record> KeyedLog<R> {
    /// Opens the file at `path`, and makes it if there is none. Its directory must exist. A link is followed. An empty
    /// file is an empty store. It blocks for as long as the disk takes: open it before you serve.
    ///
    /// # Errors
    ///
    /// If another process has the file open; if it holds something else or is damaged, in which case it is left as it
    /// is; if it is a directory, a FIFO or a device; if it is mounted by itself, so that it can't be replaced. The
    /// error names the file and says what to do; it quotes nothing of the content.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let given = path.into();
        Self::try_open(&given).map_err(|error| store_error("open", &given, &error))
    }

    /// Opens it like [`open`](Self::open), but waits up to `limit` while another process has it open: for a restart in
    /// which the old process hands over to the new one.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), if it is still in use after `limit`.
    pub async fn open_within(path: impl Into<PathBuf>, limit: Duration) -> Result<Self, StoreError> {
        let given = path.into();
        let begin = Instant::now();
        loop {
            match Self::try_open(&given) {
                Err(error) if error.kind() == io::ErrorKind::ResourceBusy && begin.elapsed() < limit => {
                    sleep(LOCK_POLL.min(limit)).await;
                }
                other => return other.map_err(|error| store_error("open", &given, &error)),
            }
        }
    }

    fn try_open(given: &Path) -> io::Result<Self> {
        let path = location::resolve(given)?;
        let lock = LockFile::acquire(&path)?;
        let loaded = location::read(&path)?.map(|bytes| format::load::<R>(&bytes)).transpose()?;
        location::remove_leftovers(&path);
        if loaded.is_some() {
            location::check_replaceable(&path)?;
        }
        let writer = Arc::new(Writer::new::<R>(path, loaded));
        Ok(Self { writer, lock: Arc::new(lock), records: PhantomData })
    }

    /// Reads the records of the file at `path` without opening it: also while another process has it open. Empty if
    /// there is no such file. In the order of their keys.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), but for the lock.
    pub fn read(path: impl AsRef<Path>) -> Result<Vec<R>, StoreError> {
        let given = path.as_ref();
        let read = || {
            let path = location::resolve(given)?;
            let loaded = location::read(&path)?.map(|bytes| format::load::<R>(&bytes)).transpose()?;
            loaded.map_or_else(|| Ok(Vec::new()), |loaded| format::records(&loaded.values))
        };
        read().map_err(|error| store_error("read", given, &error))
    }

    /// The file, links followed.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.writer.path()
    }

    /// All records whose saves have returned, in the order of their keys.
    ///
    /// # Errors
    ///
    /// None is known: every record was read or written by this type.
    pub fn load(&self) -> Result<Vec<R>, StoreError> {
        self.writer.with_values(format::records).map_err(|error| store_error("read", self.path(), &error))
    }

    /// Saves the record in place of an earlier one with its key, and returns when a crash can't lose it any more. If
    /// the future is dropped, the record may be saved or not, but it never overwrites a newer one.
    ///
    /// # Errors
    ///
    /// If the disk refuses it: full, read-only, failing. If the record can't be read back from its own JSON, as a
    /// number that is not finite can't. The earlier record stands then.
    pub async fn save(&self, record: &R) -> Result<(), StoreError> {
        let failed = |error: io::Error| store_error("write", self.path(), &error);
        let value = serde_json::to_string(record).map_err(|error| failed(error.into()))?;
        // One such line would be damage to the whole file.
        if !format::is_record::<R>(record.key(), &value) {
            return Err(failed(io::Error::new(
                io::ErrorKind::InvalidData,
                "a record can't be read back from its own JSON: check its numbers, its serde attributes and its key",
            )));
        }
        self.commit(Change { key: record.key().into(), value: Some(value.into()) }).await
    }

    /// Removes the record with this key, if there is one, and returns when a crash can't bring it back.
    ///
    /// # Errors
    ///
    /// As [`save`](Self::save).
    pub async fn remove(&self, key: &str) -> Result<(), StoreError> {
        if !self.writer.may_hold(key) {
            return Ok(());
        }
        self.commit(Change { key: key.into(), value: None }).await
    }

    async fn commit(&self, change: Change) -> Result<(), StoreError> {
        let written = writer::enqueue(&self.writer, &self.lock, change).await;
        let written =
            written.unwrap_or_else(|_| Err(Arc::new(io::Error::other("the thread that writes it has panicked"))));
        written.map_err(|error| store_error("write", self.path(), &error))
    }
}

/// Names the file in whatever went wrong with it.
fn store_error(what: &str, path: &Path, error: &io::Error) -> StoreError {
    let text = format!("cannot {what} the state file {}: {error}", path.display());
    StoreError::new(io::Error::new(error.kind(), text))
}

impl<R> Clone for KeyedLog<R> {
    fn clone(&self) -> Self {
        Self { writer: Arc::clone(&self.writer), lock: Arc::clone(&self.lock), records: PhantomData }
    }
}

impl<R> fmt::Debug for KeyedLog<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Records can be personal.
        f.debug_struct("KeyedLog").field("path", &self.writer.path()).finish_non_exhaustive()
    }
}
