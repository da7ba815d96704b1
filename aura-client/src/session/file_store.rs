use super::{
    state::SessionState,
    store::{SessionStore, States},
};
use care_client_core::{BoxFuture, StoreError};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{sync::Mutex, task::spawn_blocking};

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
/// for state in store.load().await? {
///     println!("callout {:?} of {} goes on", state.callout_id(), state.created_at());
/// }
/// # std::fs::remove_dir_all(directory)?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct FileSessionStore {
    path: Arc<Path>,
    states: Arc<Mutex<States>>,
}

impl FileSessionStore {
    /// Opens the store at `path`, empty if there is no such file yet. Its directory must exist.
    ///
    /// # Errors
    ///
    /// If the file can't be read, or holds something else: it is left as it is then.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path: Arc<Path> = path.into().into();
        let states = match fs::read(&path) {
            Ok(bytes) => read(&bytes, &path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => States::default(),
            Err(error) => return Err(error),
        };
        Ok(Self { path, states: Arc::new(Mutex::new(states)) })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn read(bytes: &[u8], path: &Path) -> io::Result<States> {
    let list: Vec<SessionState> = serde_json::from_slice(bytes).map_err(|why| {
        let text = format!("{} holds no sessions ({why}): move it away, or give another path", path.display());
        io::Error::new(io::ErrorKind::InvalidData, text)
    })?;
    Ok(States(list.into_iter().map(|state| (state.key().clone(), state)).collect()))
}

/// Replaces the content of the file by the states and this one.
fn write(path: &Path, states: &mut States, state: &SessionState) -> io::Result<()> {
    let mut changed = states.clone();
    changed.put(state);
    let text = serde_json::to_vec_pretty(&changed.oldest_first())?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let mut file = File::create(&beside)?;
    file.write_all(&text)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    *states = changed;
    sync_directory(path)
}

/// Makes the new name itself outlive a power cut. Only Unix can and needs to.
fn sync_directory(path: &Path) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
}

impl SessionStore for FileSessionStore {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            // The lock goes along to the thread that writes: where a disk hangs so long that nobody waits for it, what it then
            // writes at last must not come after something newer.
            let mut states = Arc::clone(&self.states).lock_owned().await;
            let (path, state) = (Arc::clone(&self.path), state.clone());
            Ok(spawn_blocking(move || write(&path, &mut states, &state)).await.map_err(StoreError::new)??)
        })
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        Box::pin(async move { Ok(self.states.lock().await.oldest_first()) })
    }
}
