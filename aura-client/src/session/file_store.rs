//! Sessions in one file.

use super::{
    state::{SessionPhase, SessionState},
    store::SessionStore,
};
use care_client_core::{BoxFuture, KeyedLog, Record, StoreError};
use serde::{Deserialize, Deserializer};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// Keeps states in one file. A save returns when the disk has it; all saves that wait at the same time share one write,
/// and its cost doesn't depend on how many sessions are kept. Clones are the same store.
///
/// One process at a time may use a file: it is locked by `NAME.lock` beside it. [`read`](Self::read) needs no lock. New
/// files are readable by their owner alone. Links are followed.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let directory = std::env::temp_dir().join(format!("aura-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&directory)?;
/// # let path = directory.join("callouts.json");
/// use aura_client::{FileSessionStore, SessionStore};
///
/// let store = FileSessionStore::open(&path)?;
/// for state in store.load().await? {
///     println!("resume callout {:?} of {}", state.callout_id(), state.created_at());
/// }
/// # std::fs::remove_dir_all(directory)?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct FileSessionStore(KeyedLog<SessionState>);

impl FileSessionStore {
    /// Opens the store at `path`, empty if there is no such file yet. Its directory must exist. A file of version 0.1,
    /// one JSON list, is read, and kept as `NAME.v1` when the first save replaces it.
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

    /// Reads the states without opening the store, also while another process has it open: the oldest first.
    ///
    /// # Errors
    ///
    /// If the file can't be read, or holds something else.
    pub fn read(path: impl AsRef<Path>) -> Result<Vec<SessionState>, StoreError> {
        KeyedLog::read(path).map(oldest_first)
    }

    /// Where the file is, links followed.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl SessionStore for FileSessionStore {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            match state.phase() {
                SessionPhase::Ended => self.0.remove(state.key().as_str()).await,
                _ => self.0.save(state).await,
            }
        })
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        Box::pin(async { self.0.load().map(oldest_first) })
    }
}

impl Record for SessionState {
    const CONTENT: &'static str = "sessions";

    fn key(&self) -> &str {
        Self::key(self).as_str()
    }

    fn read_first_format<'de, D: Deserializer<'de>>(document: D) -> Result<Vec<Self>, D::Error> {
        Vec::deserialize(document)
    }
}

fn oldest_first(mut states: Vec<SessionState>) -> Vec<SessionState> {
    states.sort_by_key(SessionState::created_at);
    states
}
