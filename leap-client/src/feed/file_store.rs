//! The store of acknowledgements in one file.

use crate::{
    feed::store::{ChangeStore, Entries, PendingAck},
    ids::RequestId,
};
use care_client_core::{BoxFuture, JsonFile, StoreError};
use std::{
    io,
    path::{Path, PathBuf},
};

/// Keeps entries in one file of JSON, which is replaced as a whole: a crash leaves the old or the new content, never
/// half of one. Clones are the same store.
///
/// One process at a time may use a file.
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
pub struct FileChangeStore(JsonFile<Entries>);

impl FileChangeStore {
    /// Opens the store at `path`, empty if there is no such file yet. Its directory must exist.
    ///
    /// # Errors
    ///
    /// If the file can't be read, or holds something else: it is left as it is then.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        JsonFile::open(path, "acknowledgements").map(Self)
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl ChangeStore for FileChangeStore {
    fn load(&self) -> BoxFuture<'_, Result<Vec<PendingAck>, StoreError>> {
        Box::pin(async move { Ok(self.0.read(|entries| entries.values().cloned().collect()).await) })
    }

    fn save<'a>(&'a self, pending: &'a PendingAck) -> BoxFuture<'a, Result<(), StoreError>> {
        let pending = pending.clone();
        Box::pin(self.0.update(move |entries| drop(entries.insert(pending.id.clone(), pending))))
    }

    fn remove<'a>(&'a self, id: &'a RequestId) -> BoxFuture<'a, Result<(), StoreError>> {
        let id = id.clone();
        Box::pin(self.0.update(move |entries| drop(entries.remove(&id))))
    }
}
