//! The store of acknowledgements in one file, which is the core's log of records by key.

use crate::{
    feed::store::{ChangeStore, PendingAck},
    ids::RequestId,
};
use care_client_core::{BoxFuture, KeyedLog, Record, StoreError};
use serde::{Deserialize, Deserializer};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

/// Keeps entries in one file. A save returns when the disk has it; all saves that wait at the same time share one
/// write, and its cost doesn't depend on how many entries are kept. Clones are the same store.
///
/// One process at a time may use a file: it is locked by `NAME.lock` beside it. [`read`](Self::read) needs no lock. New
/// files are readable by their owner alone. Symbolic links are followed.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let directory = std::env::temp_dir().join(format!("leap-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&directory)?;
/// # let path = directory.join("changes.json");
/// use leap_client::{ChangeStore, FileChangeStore};
///
/// let store = FileChangeStore::open(&path)?;
/// println!("{} acknowledgements were in flight", store.load().await?.len());
/// # std::fs::remove_dir_all(directory)?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct FileChangeStore(KeyedLog<PendingAck>);

impl FileChangeStore {
    /// Opens the store at `path`, empty if there is no such file yet. Its directory must exist. A file of version 0.1,
    /// one JSON object, is read, and kept as `NAME.v1` when the first save replaces it.
    ///
    /// # Errors
    ///
    /// Names the file and says what to do: if another process has it open; if it holds something else, in which case it
    /// is left as it is; if it can't be read or replaced.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        KeyedLog::open(path).map(Self)
    }

    /// Opens it like [`open`](Self::open), but waits up to `limit` while another process has it open: for a restart in
    /// which the old process hands over.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub async fn open_within(path: impl Into<PathBuf>, limit: Duration) -> Result<Self, StoreError> {
        KeyedLog::open_within(path, limit).await.map(Self)
    }

    /// Reads the entries without opening the store, also while another process has it open.
    ///
    /// # Errors
    ///
    /// If the file can't be read, or holds something else.
    pub fn read(path: impl AsRef<Path>) -> Result<Vec<PendingAck>, StoreError> {
        KeyedLog::read(path)
    }

    /// The path of the file, with symbolic links resolved.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl ChangeStore for FileChangeStore {
    fn load(&self) -> BoxFuture<'_, Result<Vec<PendingAck>, StoreError>> {
        Box::pin(async move { self.0.load() })
    }

    fn save<'a>(&'a self, pending: &'a PendingAck) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.0.save(pending))
    }

    fn remove<'a>(&'a self, id: &'a RequestId) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.0.remove(id.as_str()))
    }
}

impl Record for PendingAck {
    const CONTENT: &'static str = "acknowledgements";

    fn key(&self) -> &str {
        self.id.as_str()
    }

    fn read_first_format<'de, D: Deserializer<'de>>(document: D) -> Result<Vec<Self>, D::Error> {
        let entries = BTreeMap::<RequestId, Self>::deserialize(document)?;
        Ok(entries.into_values().collect())
    }
}
