use crate::webhook::stored::START;
use care_client_core::sync_directory;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

/// The end of the file.
pub(super) struct Writer {
    file: File,
    /// Whether the last line is whole, as far as is known.
    is_ended: bool,
}

impl Writer {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let is_ended = examine(&mut file, path)?;
        // Also where it was there before: whoever made it may have been killed before the name was on the disk.
        file.sync_all()?;
        sync_directory(path)?;
        Ok(Self { file, is_ended })
    }

    /// Adds a line, and returns when the disk has it.
    pub(super) fn append(&mut self, path: &Path, line: &[u8]) -> io::Result<()> {
        if !self.is_at(path) {
            *self = Self::open(path)?;
        }
        let mut bytes = Vec::with_capacity(line.len() + 2);
        if !self.is_ended {
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(line);
        bytes.push(b'\n');
        let written = self.file.write_all(&bytes).and_then(|()| self.file.sync_all());
        // After a failure nobody knows how much of it is there.
        self.is_ended = written.is_ok();
        written
    }

    /// Whether the path still leads to this file. What is written to one that was moved away or removed would be looked for in vain.
    #[cfg(unix)]
    fn is_at(&self, path: &Path) -> bool {
        use std::os::unix::fs::MetadataExt;
        let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
        match (fs::metadata(path), self.file.metadata()) {
            (Ok(there), Ok(here)) => place(there) == place(here),
            _ => false,
        }
    }

    /// Whether the path still leads to a file.
    #[cfg(not(unix))]
    fn is_at(&self, path: &Path) -> bool {
        path.exists()
    }
}

/// Refuses a file of another kind, and tells whether the last line is whole.
fn examine(file: &mut File, path: &Path) -> io::Result<bool> {
    let length = file.metadata()?.len();
    if length == 0 {
        return Ok(true);
    }
    let mut start = vec![0; START.len()];
    let read = file.read(&mut start)?;
    // A crash of the machine can leave zeros, and a damaged first line begins a new one.
    let fits = |(byte, wanted): (&u8, &u8)| byte == wanted || *byte == 0;
    let whole_start = start[..read].iter().zip(START).all(fits);
    if !whole_start {
        let text = format!("{} holds no notifications: move it away, or give another path", path.display());
        return Err(io::Error::new(io::ErrorKind::InvalidData, text));
    }
    let mut last = [0];
    file.seek(SeekFrom::Start(length - 1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
