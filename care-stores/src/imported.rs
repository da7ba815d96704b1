//! Taking over what a file store kept. The file is read, its records are stored in one transaction, and then it is
//! renamed to `NAME.imported`, so that no program goes on with it. A crash in between repeats the import, which adds
//! nothing twice; after it there is no such file, and an import of nothing.

#[cfg(all(feature = "sqlite", any(feature = "aura", feature = "leap", feature = "webhook")))]
use std::{
    io,
    path::{Path, PathBuf},
};

/// The answer of `import_file`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Imported {
    /// Records that were not in the store before.
    pub added: u64,
    /// Records that the store had already: the store's own stands.
    pub present: u64,
    /// Lines of a journal that can't be read. They are still in `NAME.imported`: look at them, for each may be a call
    /// for help.
    pub damaged: u64,
}

/// Renames the file to `NAME.imported`, or where there is one already, to `NAME.imported.2` and so on.
#[cfg(all(feature = "sqlite", any(feature = "aura", feature = "leap", feature = "webhook")))]
pub(crate) fn set_aside(path: &Path) -> io::Result<()> {
    for number in 1_u32.. {
        let mut name = path.as_os_str().to_owned();
        name.push(".imported");
        if number > 1 {
            name.push(format!(".{number}"));
        }
        let name = PathBuf::from(name);
        if std::fs::symlink_metadata(&name).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return match std::fs::rename(path, &name) {
                // Another process has imported it at the same moment, and set it aside.
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                renamed => renamed,
            };
        }
    }
    Err(io::Error::other("there are too many imported files"))
}
