//! The end of the journal's file: how lines are added so that what was acknowledged is on the disk, and nothing hides
//! another line.

use super::{
    from_end,
    rotation::{self, Rotation},
};
use crate::notification::START;
use care_client_core::sync_directory;
use chrono::{DateTime, Utc};
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

/// The data and the file's length, but not its times: those aren't worth another write.
pub(super) const DISK: Disk = Disk { sync: File::sync_data, sync_directory };

/// As much of a line as tells its day.
const HEAD: usize = 64;

/// The end of the file. What it is like there is looked at each time: others may write to it, too.
pub(super) struct Writer {
    disk: Disk,
    rotation: Rotation,
    file: File,
    /// The day of the last line, where the rotation asks for it.
    last_day: Option<String>,
}

impl Writer {
    pub(super) fn open(path: &Path, disk: Disk, rotation: Rotation) -> io::Result<Self> {
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
        let last_day = if rotation.is_on() { last_day(&mut file)? } else { None };
        Ok(Self { disk, rotation, file, last_day })
    }

    /// Adds lines by one write and one sync. Gives how many of them, from the first on, the disk has, and why it hasn't
    /// the others.
    pub(super) fn append(&mut self, path: &Path, lines: &[Vec<u8>]) -> (usize, Option<io::Error>) {
        match self.append_all(path, lines) {
            Ok(stored) if stored == lines.len() => (stored, None),
            Ok(stored) => {
                let text = "the disk took a part of the lines: it may be full";
                (stored, Some(io::Error::new(ErrorKind::StorageFull, text)))
            }
            Err(error) => (0, Some(error)),
        }
    }

    fn append_all(&mut self, path: &Path, lines: &[Vec<u8>]) -> io::Result<usize> {
        if !self.is_at(path) {
            *self = Self::open(path, self.disk, self.rotation)?;
        }
        if self.rotation.is_on() {
            self.rotate_if_due(path, lines)?;
        }
        let mut bytes = Vec::with_capacity(lines.iter().map(|line| line.len() + 1).sum::<usize>() + 1);
        if !is_ended(&mut self.file)? {
            bytes.push(b'\n');
        }
        let mut ends = Vec::with_capacity(lines.len());
        for line in lines {
            bytes.extend_from_slice(line);
            bytes.push(b'\n');
            ends.push(bytes.len());
        }
        let written = write_at_once(&mut self.file, &bytes)?;
        (self.disk.sync)(&self.file)?;
        Ok(ends.iter().take_while(|end| **end <= written).count())
    }

    /// Begins a new file if it is time for one. A rotation that fails must keep no call back: it is tried again with
    /// the next.
    fn rotate_if_due(&mut self, path: &Path, lines: &[Vec<u8>]) -> io::Result<()> {
        let next_day = lines.last().and_then(|line| from_end::day(line)).map(str::to_owned);
        let days = (self.last_day.as_deref(), next_day.as_deref());
        if self.rotation.is_due(self.file.metadata()?.len(), days) {
            // Another process may be about to do the same: whoever comes second finds the file moved.
            self.file.lock()?;
            if self.is_at(path) && rotation::next_name(path, days.0).and_then(|name| fs::rename(path, name)).is_ok() {
                let today = next_day.as_deref().and_then(|day| day.parse().ok());
                let _ = self.rotation.forget(path, today.unwrap_or_else(|| Utc::now().date_naive()));
            }
            let _ = self.file.unlock();
            *self = Self::open(path, self.disk, self.rotation)?;
        }
        self.last_day = next_day.or(self.last_day.take());
        Ok(())
    }

    /// Whether the path still leads to this file. What is written to one that was moved away or removed would be looked
    /// for in vain.
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

/// Whether the file is empty or begins as a journal does. A write that was cut, by a crash or a full disk, leaves a
/// part of a line or nothing, behind which the next one begins; and a crash of the machine can leave zeros.
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

/// The day of the last line that tells one.
fn last_day(file: &mut File) -> io::Result<Option<String>> {
    let start = from_end::start(file, DateTime::<Utc>::MAX_UTC)?;
    file.seek(SeekFrom::Start(start.offset))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let days = bytes.split(|byte| *byte == b'\n').rev().find_map(|line| from_end::day(&line[..line.len().min(HEAD)]));
    Ok(days.map(str::to_owned))
}

/// Writes all of it by one write, so that nothing of another writer's stands in the midst of it. Gives how much the
/// disk took: a full one takes a part.
fn write_at_once(file: &mut impl Write, bytes: &[u8]) -> io::Result<usize> {
    loop {
        match file.write(bytes) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            written => return written,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use care_testkit::Folder;
    use std::cell::RefCell;

    thread_local! {
        /// The syncs that were asked for, with the length of the file by then.
        static SYNCS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    }

    fn note(what: String) -> io::Result<()> {
        SYNCS.with_borrow_mut(|syncs| syncs.push(what));
        Ok(())
    }

    const SPY: Disk = Disk {
        sync: |file| note(format!("file of {}", file.metadata()?.len())),
        sync_directory: |path| note(format!("name of {}", path.file_name().unwrap_or_default().display())),
    };
    const BROKEN: Disk = Disk { sync: |_| Err(io::Error::other("broken")), ..SPY };

    fn open(path: &Path, disk: Disk) -> io::Result<Writer> {
        Writer::open(path, disk, Rotation::default())
    }

    fn append(writer: &mut Writer, path: &Path, line: &[u8]) -> io::Result<()> {
        writer.append(path, &[line.to_vec()]).1.map_or(Ok(()), Err)
    }

    fn syncs() -> Vec<String> {
        SYNCS.take()
    }

    #[test]
    fn the_disk_has_the_line_and_the_name_of_a_new_file_before_it_returns() {
        let folder = Folder::new();
        let path = folder.file("calls");
        let mut writer = open(&path, SPY).unwrap();
        assert_eq!(syncs(), ["file of 0", "name of calls"]);
        append(&mut writer, &path, b"abc").unwrap();
        assert_eq!(syncs(), ["file of 4"]);
        fs::remove_file(&path).unwrap();
        append(&mut writer, &path, b"abc").unwrap();
        assert_eq!(syncs(), ["file of 0", "name of calls", "file of 4"]);
    }

    #[test]
    fn what_the_disk_does_not_have_is_not_kept_and_the_next_line_begins_anew() {
        let folder = Folder::new();
        let path = folder.file("calls");
        assert!(open(&path, BROKEN).is_err());
        let mut writer = open(&path, SPY).unwrap();
        append(&mut writer, &path, b"a").unwrap();
        writer.disk = BROKEN;
        assert!(append(&mut writer, &path, b"b").is_err());
        writer.disk = SPY;
        append(&mut writer, &path, b"c").unwrap();
        append(&mut writer, &path, b"d").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"a\nb\nc\nd\n");
        syncs();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_an_error() {
        let path = Path::new("/dev/full");
        let mut writer = open(path, SPY).unwrap();
        assert_eq!(append(&mut writer, path, b"a").unwrap_err().kind(), io::ErrorKind::StorageFull);
        syncs();
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
            let mut writer = open(&path, SPY).unwrap();
            append(&mut writer, &path, b"c").unwrap();
            assert_eq!(fs::read(&path).unwrap(), whole, "{}", whole.escape_ascii());
            // Another one writes a part of a line, and is killed.
            OpenOptions::new().append(true).open(&path).unwrap().write_all(b"x").unwrap();
            append(&mut writer, &path, b"d").unwrap();
            assert_eq!(fs::read(&path).unwrap(), [whole, b"x\nd\n"].concat());
        }
        syncs();
    }

    #[test]
    fn a_group_is_one_write_and_one_sync_and_fails_as_one() {
        let folder = Folder::new();
        let path = folder.file("calls");
        let mut writer = open(&path, SPY).unwrap();
        syncs();
        let group = [b"a".to_vec(), b"bc".to_vec(), b"d".to_vec()];
        assert!(matches!(writer.append(&path, &group), (3, None)));
        assert_eq!(syncs(), ["file of 7"]);
        writer.disk = BROKEN;
        assert!(matches!(writer.append(&path, &group), (0, Some(_))), "none of them is acknowledged");
        assert_eq!(fs::read(&path).unwrap(), b"a\nbc\nd\na\nbc\nd\n");
    }

    #[test]
    fn an_interrupted_write_is_tried_again_and_a_part_is_syncs() {
        struct Takes(Vec<io::Result<usize>>);
        impl Write for Takes {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                self.0.pop().unwrap()
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        assert_eq!(write_at_once(&mut Takes(vec![Ok(2)]), b"abc").unwrap(), 2);
        let interrupted = Err(ErrorKind::Interrupted.into());
        assert_eq!(write_at_once(&mut Takes(vec![Ok(3), interrupted]), b"abc").unwrap(), 3);
    }
}
