use crate::{
    directory::{directory, sync_directory},
    error::StoreError,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fmt,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{sync::Mutex, task::spawn_blocking};

/// One value, kept in a file of JSON that is replaced as a whole: a crash leaves the old or the new content, never
/// half of one. An update returns when the disk has it. Clones are the same file.
///
/// One process at a time may use a file, by one `open` and clones of what it gave. Beside the file, at its name with
/// `.new` behind it, stands for a moment what is to replace it.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let directory = std::env::temp_dir().join(format!("care-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&directory)?;
/// # let path = directory.join("seen.json");
/// use care_client_core::JsonFile;
/// use std::collections::BTreeMap;
///
/// let seen: JsonFile<BTreeMap<String, u32>> = JsonFile::open(&path, "requests")?;
/// seen.update(|seen| *seen.entry("10000001".to_owned()).or_default() += 1).await?;
///
/// let after_a_restart: JsonFile<BTreeMap<String, u32>> = JsonFile::open(&path, "requests")?;
/// assert_eq!(after_a_restart.read(|seen| seen["10000001"]).await, 1);
/// # std::fs::remove_dir_all(directory)?;
/// # Ok(()) }
/// ```
pub struct JsonFile<T> {
    path: Arc<Path>,
    value: Arc<Mutex<T>>,
}

impl<T> JsonFile<T> {
    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Looks at the value, after the updates that wait already.
    pub async fn read<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&*self.value.lock().await)
    }
}

impl<T: DeserializeOwned + Default> JsonFile<T> {
    /// Opens the file at `path`; where there is none yet, the value is the default one, and the first update makes
    /// the file. Its directory must exist. `what` names the content for the error: `sessions`.
    ///
    /// # Errors
    ///
    /// If the file can't be read; or, as [`InvalidData`](io::ErrorKind::InvalidData), if it holds something else: it
    /// is left as it is then, and nothing of it is in the error.
    pub fn open(path: impl Into<PathBuf>, what: &'static str) -> io::Result<Self> {
        let path: Arc<Path> = path.into().into();
        let value = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| other_content(&path, what, &error))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound && directory(&path).is_dir() => T::default(),
            Err(error) => return Err(error),
        };
        Ok(Self { path, value: Arc::new(Mutex::new(value)) })
    }
}

impl<T: Serialize + Clone + Send + 'static> JsonFile<T> {
    /// Changes the value, and returns what `change` does when the disk has the new one. Updates are done one after
    /// the other. One that nobody waits for any more is done or not, but never after a newer one.
    ///
    /// # Errors
    ///
    /// If the file can't be replaced: then file and value are as they were before. Only where the name of the new
    /// file could not be brought to the disk, after it was written and renamed, both are the new ones.
    pub async fn update<R: Send>(&self, change: impl FnOnce(&mut T) -> R + Send) -> Result<R, StoreError> {
        let mut value = Arc::clone(&self.value).lock_owned().await;
        let mut changed = value.clone();
        let result = change(&mut changed);
        let path = Arc::clone(&self.path);
        // The lock goes along to the thread that writes: where a disk hangs so long that nobody waits for it, what it
        // then writes at last must not come after something newer.
        let written = spawn_blocking(move || {
            replace(&path, &changed)?;
            *value = changed;
            sync_directory(&path)
        });
        written.await.map_err(StoreError::new)??;
        Ok(result)
    }
}

/// Says where it went wrong and no more: serde's own words can quote the content.
fn other_content(path: &Path, what: &str, error: &serde_json::Error) -> io::Error {
    let (path, line, column) = (path.display(), error.line(), error.column());
    let text =
        format!("{path} holds no {what}, from line {line}, column {column} on: move it away, or give another path");
    io::Error::new(io::ErrorKind::InvalidData, text)
}

fn replace(path: &Path, value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_vec_pretty(value)?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let mut file = File::create(&beside)?;
    // Who may not read the old content may not read the new one.
    if let Ok(old) = fs::metadata(path) {
        file.set_permissions(old.permissions())?;
    }
    file.write_all(&text)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

impl<T> Clone for JsonFile<T> {
    fn clone(&self) -> Self {
        Self { path: Arc::clone(&self.path), value: Arc::clone(&self.value) }
    }
}

impl<T> fmt::Debug for JsonFile<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The value can be somebody's.
        f.debug_struct("JsonFile").field("path", &self.path).finish_non_exhaustive()
    }
}
