//! Sessions in one file.

use super::{
    state::SessionState,
    store::{SessionStore, States},
};
use care_client_core::{BoxFuture, JsonFile, StoreError};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    io,
    path::{Path, PathBuf},
};

/// Keeps states in one file of JSON, which is replaced as a whole: a crash leaves the old or the new content, never
/// half of one. A save returns when the disk has it. Clones are the same store.
///
/// One process at a time may use a file.
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
///     println!("callout {:?} of {} goes on", state.callout_id(), state.created_at());
/// }
/// # std::fs::remove_dir_all(directory)?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct FileSessionStore(JsonFile<States>);

impl FileSessionStore {
    /// Opens the store at `path`, empty if there is no such file yet. Its directory must exist.
    ///
    /// # Errors
    ///
    /// If the file can't be read, or holds something else: it is left as it is then.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        JsonFile::open(path, "sessions").map(Self)
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl SessionStore for FileSessionStore {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.0.update(|states| states.put(state)))
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        Box::pin(async { Ok(self.0.read(States::oldest_first).await) })
    }
}

/// In the file, states are a list.
impl Serialize for States {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.oldest_first().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for States {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Vec::<SessionState>::deserialize(deserializer)?;
        Ok(Self(list.into_iter().map(|state| (state.key().clone(), state)).collect()))
    }
}
