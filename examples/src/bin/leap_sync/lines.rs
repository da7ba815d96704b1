//! The file of changes: JSON lines, with all personal data.
//!
//! A change is acknowledged only once its line is on disk, so a line may be repeated but is never missing. A line that
//! a crash truncated stays on its own line.

use examples::Failure;
use leap_client::Change;
use serde_json::json;
use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

/// A file of JSON lines, one per change.
pub(crate) struct Lines {
    file: File,
    /// Whether its last line is incomplete.
    is_truncated: bool,
}

impl Lines {
    /// Opens the file for appending, or creates one that only its owner can read.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let failure = |error: io::Error| Failure::failed(format!("can't write {}: {error}", path.display()));
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failure)?;
        if !file.metadata().map_err(failure)?.is_file() {
            return Err(Failure::usage(format!("{} is not a regular file", path.display())));
        }
        // The directory entry must survive a power cut, too.
        #[cfg(unix)]
        {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            File::open(parent.unwrap_or(Path::new("."))).and_then(|parent| parent.sync_all()).map_err(failure)?;
        }
        let is_truncated = is_truncated(&mut file).map_err(failure)?;
        Ok(Self { file, is_truncated })
    }

    /// Appends a change and returns once it is on disk.
    pub(crate) fn write(&mut self, change: &Change) -> io::Result<()> {
        let (late, new) = (change.is_late(), change.is_new());
        let line = json!({"late": late, "new": new, "updates": change.updates(), "request": change.request()});
        // A line truncated by a kill or a full disk belongs to a change that is delivered again.
        let begin = if self.is_truncated { "\n" } else { "" };
        self.is_truncated = true;
        self.file.write_all(format!("{begin}{line}\n").as_bytes())?;
        self.is_truncated = false;
        self.file.sync_all()
    }
}

fn is_truncated(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}
