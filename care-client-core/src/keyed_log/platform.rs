//! What only Unix can do: private modes, the identity of an open file, and syncing a directory. Elsewhere files get the
//! directory's default access, a file that was moved away while it was open isn't noticed, and directories need no
//! sync.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};

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

/// Whether the path still names this open file, no second name (hard link) does, and it is `len` bytes long: whether
/// nobody else has touched it.
#[cfg(unix)]
pub(super) fn is_unchanged(file: &File, path: &Path, len: u64) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(open), Ok(named)) = (file.metadata(), std::fs::symlink_metadata(path)) else { return false };
    (open.dev(), open.ino()) == (named.dev(), named.ino()) && open.nlink() == 1 && open.len() == len
}

#[cfg(not(unix))]
pub(super) fn is_unchanged(file: &File, path: &Path, len: u64) -> bool {
    path.exists() && file.metadata().is_ok_and(|open| open.len() == len)
}

#[cfg(unix)]
pub(super) fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_directory(_directory: &Path) -> io::Result<()> {
    Ok(())
}
