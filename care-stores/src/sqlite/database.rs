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
    file_system::refuse_network(&path)?;
    match fs::metadata(&path) {
        Ok(found) if found.is_dir() => return Err(Failure::new("it is a directory: name a file in it")),
        Ok(found) if !found.is_file() => return Err(Failure::new("it is not a regular file: give another path")),
        Ok(found) if found.len() == 0 => make_private(&path)?,
        Ok(_) => {}
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

/// An empty file, such as `touch` makes one, is going to be ours.
#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
}

#[cfg(not(unix))]
fn make_private(_path: &Path) -> io::Result<()> {
    Ok(())
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
