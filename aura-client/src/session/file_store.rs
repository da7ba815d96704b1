use super::{
    state::SessionState,
    store::{SessionStore, States},
};
use care_client_core::{BoxFuture, StoreError};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::task::spawn_blocking;

/// Keeps states in one file of JSON, which is replaced as a whole: a crash leaves the old or the new content, never half of
/// one. A save returns when the disk has it. Clones are the same store.
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
/// for state in store.load().await.map_err(|error| error.to_string())? {
///     println!("callout {:?} of {} goes on", state.callout_id(), state.created_at());
/// }
/// # std::fs::remove_dir_all(directory)?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct FileSessionStore(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    states: Mutex<States>,
}

impl FileSessionStore {
    /// Opens the store at `path`, empty if there is no such file yet. Its directory must exist.
    ///
    /// # Errors
    ///
    /// If the file can't be read, or holds something else: it is left as it is then.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let states = match fs::read(&path) {
            Ok(bytes) => read(&bytes, &path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => States::default(),
            Err(error) => return Err(error),
        };
        Ok(Self(Arc::new(Inner { path, states: Mutex::new(states) })))
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }
}

fn read(bytes: &[u8], path: &Path) -> io::Result<States> {
    let list: Vec<SessionState> = serde_json::from_slice(bytes).map_err(|why| {
        let text = format!("{} holds no sessions ({why}): move it away, or give another path", path.display());
        io::Error::new(io::ErrorKind::InvalidData, text)
    })?;
    Ok(States(list.into_iter().map(|state| (state.key().clone(), state)).collect()))
}

impl Inner {
    /// The lock is held until the disk has it, so that an older content never replaces a newer one.
    fn save(&self, state: &SessionState) -> io::Result<()> {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = states.clone();
        changed.put(state);
        let text = serde_json::to_vec_pretty(&changed.oldest_first())?;
        let mut beside = self.path.clone().into_os_string();
        beside.push(".new");
        let mut file = File::create(&beside)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&beside, &self.path)?;
        sync_directory(&self.path)?;
        *states = changed;
        Ok(())
    }
}

/// Makes the new name itself outlive a power cut. Only Unix can and needs to.
fn sync_directory(path: &Path) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
}

impl SessionStore for FileSessionStore {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        let (inner, state) = (Arc::clone(&self.0), state.clone());
        Box::pin(async move { Ok(spawn_blocking(move || inner.save(&state)).await??) })
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        Box::pin(async move { Ok(self.0.states.lock().unwrap_or_else(PoisonError::into_inner).oldest_first()) })
    }
}
