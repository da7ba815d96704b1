//! Where the file is, and what the system knows of it: links are followed, and what can't hold a store is refused
//! before anything is opened.
//!
//! Only Unix has private modes, identities of open files, and directories that need a sync. Elsewhere files get the
//! directory's default access, and a file that was moved away while it was open isn't noticed.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

/// The directory that a file lies in.
fn directory(of_file: &Path) -> &Path {
    of_file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path with something behind its name: `callouts.json` and `lock` give `callouts.json.lock`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

/// The file that becomes the store when it is renamed: `callouts.json.tmp-4711`, with the process id. No other name
/// beside the store is the store's own, so nothing else is ever removed.
pub(super) fn temporary(path: &Path) -> PathBuf {
    beside(path, &format!("tmp-{}", std::process::id()))
}

/// Removes temporary files of processes that were killed. Only for the one that holds the lock.
pub(super) fn remove_leftovers(path: &Path) {
    let Some(name) = path.file_name().map(|name| name.as_encoded_bytes()) else { return };
    let is_leftover = |found: &fs::DirEntry| {
        let found = found.file_name();
        let id = found.as_encoded_bytes().strip_prefix(name).and_then(|rest| rest.strip_prefix(b".tmp-"));
        let id = id.map(|id| id.strip_suffix(b".v1").unwrap_or(id));
        id.is_some_and(|id| !id.is_empty() && id.iter().all(u8::is_ascii_digit))
    };
    let Ok(entries) = fs::read_dir(directory(path)) else { return };
    for leftover in entries.flatten().filter(is_leftover) {
        // What can't be removed does no harm, but for the room it takes.
        let _ = fs::remove_file(leftover.path());
    }
}

/// Follows links, and refuses what is no regular file. A file that isn't there yet is fine if its directory is.
pub(super) fn resolve(given: &Path) -> io::Result<PathBuf> {
    let path = match fs::symlink_metadata(given) {
        Ok(found) => fs::canonicalize(given).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound if found.is_symlink() => refused(
                io::ErrorKind::NotFound,
                "it is a link to a file that does not exist: create the file, or correct the link",
            ),
            _ => error,
        })?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let name = given.file_name().ok_or_else(|| refused(io::ErrorKind::InvalidInput, "it has no file name"))?;
            let directory = fs::canonicalize(directory(given)).map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => refused(error.kind(), "its directory does not exist: create it first"),
                _ => error,
            })?;
            return Ok(directory.join(name));
        }
        Err(error) => return Err(error),
    };
    // Looked at without being opened: opening a FIFO hangs.
    let kind = fs::metadata(&path)?.file_type();
    if kind.is_dir() {
        return Err(refused(io::ErrorKind::IsADirectory, "it is a directory: name a file in it"));
    }
    if !kind.is_file() {
        return Err(refused(io::ErrorKind::InvalidInput, "it is not a regular file: give another path"));
    }
    Ok(path)
}

/// The whole file, or `None` if there is none.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Refuses a file that is mounted by itself, as containers do with single files: it can't be replaced by a rename. A
/// hard link beside it can't be made then, even within one file system.
pub(super) fn check_replaceable(path: &Path) -> io::Result<()> {
    let probe = temporary(path);
    remove_if_there(&probe)?;
    match fs::hard_link(path, &probe) {
        Ok(()) => fs::remove_file(&probe),
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => Err(refused(
            error.kind(),
            "the file is mounted by itself and can't be replaced: mount its directory instead",
        )),
        // No hard links on this file system, or not of other people's files: nothing is proven.
        Err(_) => Ok(()),
    }
}

/// Removes a file or a link, and never what the link points to.
pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(io::Error::new(error.kind(), format!("{} is in the way: {error}", path.display())))
        }
        _ => Ok(()),
    }
}

/// Makes the name of a new file outlive a power cut, as [`File::sync_all`] does for its content: for stores of
/// service crates that keep files. It blocks. Only Unix can and needs to.
///
/// # Errors
///
/// If the directory can't be opened or brought to the disk.
pub fn sync_directory(of_file: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(directory(of_file))?.sync_all() } else { Ok(()) }
}

/// Makes a new file, readable by its owner alone. It must not be there, not even as a link.
#[cfg(unix)]
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

/// Whether nobody else has touched this open file: the path still names it, no second name (hard link) does, and it is
/// `len` bytes long.
pub(super) fn is_unchanged(file: &File, path: &Path, len: u64) -> bool {
    is_same_file(file, path) && file.metadata().is_ok_and(|open| open.len() == len && has_one_name(&open))
}

/// Whether the path still names this open file.
#[cfg(unix)]
pub(super) fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((file.metadata(), fs::symlink_metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
}

#[cfg(not(unix))]
pub(super) fn is_same_file(_file: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(unix)]
fn has_one_name(file: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(file) == 1
}

#[cfg(not(unix))]
fn has_one_name(_file: &fs::Metadata) -> bool {
    true
}

pub(super) fn refused(kind: io::ErrorKind, text: &'static str) -> io::Error {
    io::Error::new(kind, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_name_lies_in_the_current_directory() {
        assert_eq!(directory(Path::new("a.json")), Path::new("."));
        assert_eq!(directory(Path::new("a/b.json")), Path::new("a"));
        assert!(sync_directory(Path::new("Cargo.toml")).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_directory_that_is_not_there_is_an_error() {
        assert_eq!(sync_directory(Path::new("no/such/file")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
