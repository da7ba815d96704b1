use examples::Failure;
use leap_client::Change;
use serde_json::json;
use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

/// A file that gets each change as a line of JSON.
pub(crate) struct Lines {
    file: File,
    /// Whether it ends in the midst of a line.
    is_torn: bool,
}

impl Lines {
    /// Opens the file to add to it, or makes one that only its owner can read.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let failure = |error: io::Error| Failure::failed(format!("{} can't be written: {error}", path.display()));
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failure)?;
        if !file.metadata().map_err(failure)?.is_file() {
            return Err(Failure::usage(format!("{} is no file that the disk keeps", path.display())));
        }
        // The name itself must outlive a power cut, too.
        #[cfg(unix)]
        {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            File::open(parent.unwrap_or(Path::new("."))).and_then(|parent| parent.sync_all()).map_err(failure)?;
        }
        let is_torn = is_torn(&mut file).map_err(failure)?;
        Ok(Self { file, is_torn })
    }

    /// Adds a change, and returns when the disk has it.
    pub(crate) fn write(&mut self, change: &Change) -> io::Result<()> {
        let (late, new) = (change.is_late(), change.is_new());
        let line = json!({"late": late, "new": new, "updates": change.updates(), "request": change.request()});
        // A line that was torn by a kill, or by a full disk, belongs to a change that comes again: it stays alone.
        let begin = if self.is_torn { "\n" } else { "" };
        self.is_torn = true;
        self.file.write_all(format!("{begin}{line}\n").as_bytes())?;
        self.is_torn = false;
        self.file.sync_all()
    }
}

fn is_torn(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}
