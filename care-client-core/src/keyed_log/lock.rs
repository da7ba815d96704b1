//! The lock that keeps a second process out: `NAME.lock` beside the file, locked exclusively and holding the process
//! id. It stays when the program ends, for removing a lock file can remove somebody else's lock; the system frees the
//! lock itself, also after a crash. If somebody removes the file, it is made and locked anew before the next write,
//! which fails if another process has the lock. If another process had it in between, what it saved is read first.

use super::location;
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// A lock that is held until this is dropped.
#[derive(Debug)]
pub(super) struct LockFile {
    path: PathBuf,
    file: Mutex<File>,
}

impl LockFile {
    /// Takes the lock of the store at `path`.
    pub(super) fn acquire(path: &Path) -> io::Result<Self> {
        let path = location::beside(path, "lock");
        let file = Mutex::new(locked_file(&path)?);
        Ok(Self { path, file })
    }

    /// Locks anew if somebody has removed the file, since another process could lock a new one. True if it did so.
    pub(super) fn ensure_held(&self) -> io::Result<bool> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let is_lost = !location::is_same_file(&file, &self.path);
        if is_lost {
            *file = locked_file(&self.path)?;
        }
        Ok(is_lost)
    }
}

fn locked_file(lock: &Path) -> io::Result<File> {
    let mut file = open(lock).map_err(|error| {
        let advice = match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "; it and its directory must be writable for the user of this process"
            }
            _ => "",
        };
        io::Error::new(error.kind(), format!("its lock file {}: {error}{advice}", lock.display()))
    })?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(in_use(lock, &mut file)),
        Err(TryLockError::Error(error)) => {
            let text = format!("{} can't be locked ({error}): use a file system that has locks", lock.display());
            return Err(io::Error::new(error.kind(), text));
        }
    }
    // A full disk must not keep a restart from its records: without its number, the owner is "another process".
    if write_owner(&mut file).is_err() {
        let _ = file.set_len(0);
    }
    Ok(file)
}

fn in_use(lock: &Path, file: &mut File) -> io::Error {
    let mut owner = String::new();
    let _ = file.read_to_string(&mut owner);
    let owner = owner.trim();
    let by = if owner.is_empty() { "another process".to_owned() } else { format!("process {owner}") };
    let advice = if owner == std::process::id().to_string() {
        "that is this process: share the open store by cloning it"
    } else {
        "stop that process or give another path; one process at a time may use a state file"
    };
    let text = format!("{by} has it open (lock file {}): {advice}", lock.display());
    io::Error::new(io::ErrorKind::ResourceBusy, text)
}

/// Writes the process id over an earlier one, which takes no new room on the disk.
fn write_owner(file: &mut File) -> io::Result<()> {
    file.rewind()?;
    writeln!(file, "{}", std::process::id())?;
    let end = file.stream_position()?;
    file.set_len(end)
}

impl Drop for LockFile {
    fn drop(&mut self) {
        // Closing isn't enough: a child process that is being started has the same open file for a moment.
        let _ = self.file.get_mut().unwrap_or_else(PoisonError::into_inner).unlock();
    }
}

/// Opens or makes the file. It holds a process id and nothing else, so whatever is no regular file is refused unopened.
fn open(path: &Path) -> io::Result<File> {
    loop {
        match fs::symlink_metadata(path) {
            Ok(found) if found.is_file() => return OpenOptions::new().read(true).write(true).open(path),
            Ok(_) => return Err(location::refused(io::ErrorKind::InvalidInput, "it is not a regular file: remove it")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match location::create_private(path) {
                // Somebody made it at the same moment.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                other => return other,
            },
            Err(error) => return Err(error),
        }
    }
}
