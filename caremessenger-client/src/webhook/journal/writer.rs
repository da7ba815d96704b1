use crate::webhook::stored::START;
use care_client_core::sync_directory;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

/// How the disk is made to have what was written.
#[derive(Clone, Copy)]
pub(super) struct Disk {
    pub(super) sync: fn(&File) -> io::Result<()>,
    pub(super) sync_directory: fn(&Path) -> io::Result<()>,
}

pub(super) const DISK: Disk = Disk { sync: File::sync_all, sync_directory };

/// The end of the file.
pub(super) struct Writer {
    disk: Disk,
    file: File,
    /// Whether the last line is whole, as far as is known.
    is_ended: bool,
}

impl Writer {
    pub(super) fn open(path: &Path, disk: Disk) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let is_ended = examine(&mut file, path)?;
        // Also where it was there before: whoever made it may have been killed before the name was on the disk.
        (disk.sync)(&file)?;
        (disk.sync_directory)(path)?;
        Ok(Self { disk, file, is_ended })
    }

    /// Adds a line, and returns when the disk has it.
    pub(super) fn append(&mut self, path: &Path, line: &[u8]) -> io::Result<()> {
        if !self.is_at(path) {
            *self = Self::open(path, self.disk)?;
        }
        let mut bytes = Vec::with_capacity(line.len() + 2);
        if !self.is_ended {
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(line);
        bytes.push(b'\n');
        let written = self.file.write_all(&bytes).and_then(|()| (self.disk.sync)(&self.file));
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

#[cfg(test)]
mod tests {
    use super::*;
    use care_testkit::Folder;
    use std::cell::RefCell;

    thread_local! {
        /// What the disk was told, with the length of the file by then.
        static TOLD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    }

    fn tell(what: String) -> io::Result<()> {
        TOLD.with_borrow_mut(|told| told.push(what));
        Ok(())
    }

    const SPY: Disk = Disk {
        sync: |file| tell(format!("file of {}", file.metadata()?.len())),
        sync_directory: |path| tell(format!("name of {}", path.file_name().unwrap_or_default().display())),
    };
    const BROKEN: Disk = Disk { sync: |_| Err(io::Error::other("broken")), ..SPY };

    fn told() -> Vec<String> {
        TOLD.take()
    }

    #[test]
    fn the_disk_has_the_line_and_the_name_of_a_new_file_before_it_returns() {
        let folder = Folder::new();
        let path = folder.file("calls");
        let mut writer = Writer::open(&path, SPY).unwrap();
        assert_eq!(told(), ["file of 0", "name of calls"]);
        writer.append(&path, b"abc").unwrap();
        assert_eq!(told(), ["file of 4"]);
        fs::remove_file(&path).unwrap();
        writer.append(&path, b"abc").unwrap();
        assert_eq!(told(), ["file of 0", "name of calls", "file of 4"]);
    }

    #[test]
    fn what_the_disk_does_not_have_is_not_kept_and_the_next_line_begins_anew() {
        let folder = Folder::new();
        let path = folder.file("calls");
        assert!(Writer::open(&path, BROKEN).is_err());
        let mut writer = Writer::open(&path, SPY).unwrap();
        writer.append(&path, b"a").unwrap();
        writer.disk = BROKEN;
        assert!(writer.append(&path, b"b").is_err());
        writer.disk = SPY;
        writer.append(&path, b"c").unwrap();
        writer.append(&path, b"d").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"a\nb\n\nc\nd\n");
        told();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_an_error() {
        let path = Path::new("/dev/full");
        let mut writer = Writer::open(path, SPY).unwrap();
        assert_eq!(writer.append(path, b"a").unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert!(!writer.is_ended);
        told();
    }
}
