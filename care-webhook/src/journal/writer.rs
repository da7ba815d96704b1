use crate::stored::START;
use care_client_core::sync_directory;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::Path,
};

/// How the disk is made to have what was written.
#[derive(Clone, Copy)]
pub(super) struct Disk {
    pub(super) sync: fn(&File) -> io::Result<()>,
    pub(super) sync_directory: fn(&Path) -> io::Result<()>,
}

pub(super) const DISK: Disk = Disk { sync: File::sync_all, sync_directory };

/// The end of the file. What it is like there is looked at each time: others may write to it, too.
pub(super) struct Writer {
    disk: Disk,
    file: File,
}

impl Writer {
    pub(super) fn open(path: &Path, disk: Disk) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        if !is_journal(&mut file)? {
            let text = format!("{} holds no notifications: move it away, or give another path", path.display());
            return Err(io::Error::new(ErrorKind::InvalidData, text));
        }
        // Also where it was there before: whoever made it may have been killed before the name was on the disk.
        (disk.sync)(&file)?;
        (disk.sync_directory)(path)?;
        Ok(Self { disk, file })
    }

    /// Adds a line, and returns when the disk has it.
    pub(super) fn append(&mut self, path: &Path, line: &[u8]) -> io::Result<()> {
        if !self.is_at(path) {
            *self = Self::open(path, self.disk)?;
        }
        let mut bytes = Vec::with_capacity(line.len() + 2);
        if !is_ended(&mut self.file)? {
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(line);
        bytes.push(b'\n');
        write_at_once(&mut self.file, &bytes)?;
        (self.disk.sync)(&self.file)
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

/// Whether the file is empty or begins as a journal does. A write that was cut, by a crash or a full disk, leaves a part of a line or
/// nothing, behind which the next one begins; and a crash of the machine can leave zeros.
fn is_journal(file: &mut File) -> io::Result<bool> {
    let mut first = Vec::with_capacity(START.len());
    file.take(START.len() as u64).read_to_end(&mut first)?;
    let expected = first.iter().try_fold(START, |expected, byte| match (byte, expected.split_first()) {
        (b'\n', _) => Some(START),
        (b'{', _) => Some(&START[1..]),
        (byte, Some((wanted, rest))) if byte == wanted || *byte == 0 => Some(rest),
        _ => None,
    });
    Ok(expected.is_some())
}

/// Whether the next line can begin where the file ends.
fn is_ended(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Writes all of it by one write, so that nothing of another writer's stands in the midst of it.
fn write_at_once(file: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    loop {
        match file.write(bytes) {
            Ok(written) if written == bytes.len() => return Ok(()),
            Ok(_) => {
                return Err(io::Error::new(ErrorKind::StorageFull, "the disk took a part of the line: it may be full"));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
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
        assert_eq!(fs::read(&path).unwrap(), b"a\nb\nc\nd\n");
        told();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_an_error() {
        let path = Path::new("/dev/full");
        let mut writer = Writer::open(path, SPY).unwrap();
        assert_eq!(writer.append(path, b"a").unwrap_err().kind(), io::ErrorKind::StorageFull);
        told();
    }

    #[test]
    fn a_line_begins_anew_behind_whatever_stands_at_the_end() {
        let folder = Folder::new();
        for (there, whole) in [
            (&b""[..], &b"c\n"[..]),
            (b"\n", b"\nc\n"),
            (b"{", b"{\nc\n"),
            (br#"{"rec"#, b"{\"rec\nc\n"),
            (b"\0\0\0", b"\0\0\0\nc\n"),
            (b"\n{\"received", b"\n{\"received\nc\n"),
            (br#"{"re{"received"#, b"{\"re{\"received\nc\n"),
        ] {
            let path = folder.file("calls");
            fs::write(&path, there).unwrap();
            let mut writer = Writer::open(&path, SPY).unwrap();
            writer.append(&path, b"c").unwrap();
            assert_eq!(fs::read(&path).unwrap(), whole, "{}", whole.escape_ascii());
            // Another one writes a part of a line, and is killed.
            OpenOptions::new().append(true).open(&path).unwrap().write_all(b"x").unwrap();
            writer.append(&path, b"d").unwrap();
            assert_eq!(fs::read(&path).unwrap(), [whole, b"x\nd\n"].concat());
        }
        told();
    }

    #[test]
    fn a_part_of_a_line_is_a_failure_and_an_interruption_is_none() {
        struct Takes(Vec<io::Result<usize>>);
        impl Write for Takes {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                self.0.pop().unwrap()
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        assert_eq!(write_at_once(&mut Takes(vec![Ok(2)]), b"abc").unwrap_err().kind(), ErrorKind::StorageFull);
        let interrupted = Err(ErrorKind::Interrupted.into());
        assert!(write_at_once(&mut Takes(vec![Ok(3), interrupted]), b"abc").is_ok());
    }
}
