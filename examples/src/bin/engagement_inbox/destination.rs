use examples::Failure;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// Where the list is written to.
pub(crate) enum Destination {
    Stdout,
    /// A file that only its owner can read. It is written beside its place, and removed unless it is
    /// [kept](Destination::keep).
    File {
        beside: NamedTempFile,
        path: PathBuf,
    },
}

impl Destination {
    /// Shows before anything is asked whether it can be written at all.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::Stdout) };
        // Where it is a link, its target is replaced and not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if path.file_name().is_none() || path.metadata().is_ok_and(|known| !known.is_file()) {
            return Err(Failure::usage(format!("{} is no file that the disk keeps", path.display())));
        }
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match tempfile::Builder::new().prefix(".engagement_inbox.").tempfile_in(parent) {
            Ok(beside) => Ok(Self::File { beside, path }),
            Err(error) => Err(not_written(&path, &error)),
        }
    }

    /// Adds a text.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        match self {
            Self::Stdout => {
                let mut stdout = io::stdout().lock();
                let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
                written.map_err(|error| {
                    Failure::failed(format!("stdout can't be written, so not all was listed: {error}"))
                })
            }
            Self::File { beside, path } => beside.write_all(text.as_bytes()).map_err(|error| not_written(path, &error)),
        }
    }

    /// Puts the file into its place, now that it is whole and the disk has it; gives its path.
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
    Failure::failed(format!("{} can't be written: {error}", path.display()))
}
