//! The file: where it is, whose it is, and how SQLite is to treat it.

use super::{failure::Failure, file_system, migrations};
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

/// How long a change waits for another process's.
const BUSY: Duration = Duration::from_secs(10);

/// Follows links, refuses what can't hold a database, and makes a new file, readable by its owner alone: SQLite gives
/// its side files the mode of the file.
pub(super) fn resolve(given: &Path) -> Result<PathBuf, Failure> {
    let name = given.file_name().ok_or_else(|| Failure::new("it has no file name"))?;
    let path = match fs::symlink_metadata(given) {
        Ok(_) => fs::canonicalize(given)?,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let directory = given.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            fs::canonicalize(directory)
                .map_err(|error| match error.kind() {
                    ErrorKind::NotFound => Failure::new("its directory does not exist: create it first"),
                    _ => error.into(),
                })?
                .join(name)
        }
        Err(error) => return Err(error.into()),
    };
    file_system::check(&path)?;
    match fs::metadata(&path) {
        Ok(found) if found.is_dir() => return Err(Failure::new("it is a directory: name a file in it")),
        Ok(found) if !found.is_file() => return Err(Failure::new("it is not a regular file: give another path")),
        Ok(found) if has_other_names(&found) => {
            return Err(Failure::new(
                "it has a second name (a hard link), and SQLite keeps its newest rows beside one of them: remove the \
                 other name, or copy the file",
            ));
        }
        Ok(_) => make_private(&path),
        Err(error) if error.kind() == ErrorKind::NotFound => create_private(&path)?,
        Err(error) => return Err(error.into()),
    }
    Ok(path)
}

fn create_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        // Another process makes it at the same moment.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other.and_then(|_| care_client_core::sync_directory(path)),
    }
}

/// Takes access from all but the owner: of an empty file, such as `touch` makes one, of one that an administrator has
/// copied, and of the files beside it. Who isn't the owner can't.
#[cfg(unix)]
fn make_private(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        let _ = fs::set_permissions(name, std::os::unix::fs::PermissionsExt::from_mode(0o600));
    }
}

#[cfg(not(unix))]
fn make_private(_path: &Path) {}

#[cfg(unix)]
fn has_other_names(found: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(found) > 1
}

#[cfg(not(unix))]
fn has_other_names(_found: &fs::Metadata) -> bool {
    false
}

/// Which file stood at the path when it was opened. SQLite goes on writing to a file that was removed or replaced, and
/// all of it would be lost.
pub(super) struct Identity {
    path: PathBuf,
    #[cfg(unix)]
    device_and_number: (u64, u64),
}

impl Identity {
    pub(super) fn of(path: &Path) -> Result<Self, Failure> {
        Ok(Self {
            path: path.to_owned(),
            #[cfg(unix)]
            device_and_number: device_and_number(&fs::symlink_metadata(path)?),
        })
    }

    /// # Errors
    ///
    /// If another file stands there now, or none.
    pub(super) fn check(&self) -> Result<(), Failure> {
        #[cfg(unix)]
        let is_same =
            fs::symlink_metadata(&self.path).is_ok_and(|found| device_and_number(&found) == self.device_and_number);
        #[cfg(not(unix))]
        let is_same = self.path.exists();
        if is_same {
            return Ok(());
        }
        Err(Failure::new(
            "the file was moved, removed or replaced while it was open: put it back, or restart this process to use \
             the new one",
        ))
    }
}

#[cfg(unix)]
fn device_and_number(found: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino())
}

/// Opens it with its settings and its tables up to date.
pub(super) fn open(path: &Path) -> Result<Connection, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(64);
    migrations::migrate(&mut connection)?;
    use_log(&connection)?;
    // Each commit is on the disk when it returns, not only safe from a crash of the process.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // What is removed is overwritten: it is personal.
    connection.pragma_update(None, "secure_delete", "ON")?;
    Ok(connection)
}

/// Switches to the write-ahead log, which readers don't wait for. SQLite doesn't wait for other processes here.
fn use_log(connection: &Connection) -> Result<(), Failure> {
    let begun = Instant::now();
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0)) {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(_) => return Err(Failure::new("its file system can't hold a write-ahead log: use a local disk")),
            Err(error) if begun.elapsed() < BUSY && is_busy(&error) => thread::sleep(Duration::from_millis(5)),
            Err(error) => return Err(error.into()),
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked))
}
