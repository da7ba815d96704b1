//! Where the list is written: stdout or a file.
//!
//! A file appears only when it is complete; until then an existing one stays as it is.

use examples::Failure;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// Where the list is written.
pub(crate) enum Destination {
    Stdout,
    /// A file that only its owner can read. It has a temporary name, and is removed unless it is
    /// [kept](Destination::keep).
    File {
        beside: NamedTempFile,
        path: PathBuf,
    },
}

impl Destination {
    /// Opens the destination, so that one that can't be written is reported before anything is requested.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::Stdout) };
        // Of a symbolic link, the target is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if path.file_name().is_none() || path.metadata().is_ok_and(|known| !known.is_file()) {
            return Err(Failure::usage(format!("{} is not a regular file", path.display())));
        }
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match tempfile::Builder::new().prefix(".engagement_inbox.").tempfile_in(parent) {
            Ok(beside) => Ok(Self::File { beside, path }),
            Err(error) => Err(not_written(&path, &error)),
        }
    }

    /// Appends a text.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        match self {
            Self::Stdout => {
                let mut stdout = io::stdout().lock();
                let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
                written.map_err(|error| {
                    Failure::failed(format!("can't write to stdout, so the list is incomplete: {error}"))
                })
            }
            Self::File { beside, path } => beside.write_all(text.as_bytes()).map_err(|error| not_written(path, &error)),
        }
    }

    /// Gives the complete file its name once it is on disk. Returns its path, if there is one.
    pub(crate) fn keep(self) -> Result<Option<PathBuf>, Failure> {
        match self {
            Self::Stdout => Ok(None),
            Self::File { beside, path } => {
                let kept =
                    beside.as_file().sync_all().and_then(|()| beside.persist(&path).map_err(|error| error.error));
                kept.map(|_| Some(path.clone())).map_err(|error| not_written(&path, &error))
            }
        }
    }
}

fn not_written(path: &Path, error: &io::Error) -> Failure {
    Failure::failed(format!("can't write {}: {error}", path.display()))
}
