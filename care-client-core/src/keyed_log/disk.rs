//! How changes reach the disk. A new file is made when the store is opened. Normally changes are appended and synced.
//! The whole file is rewritten as `NAME.tmp-PID` and renamed over the old one:
//!
//! - to replace the first format (kept as `NAME.v1`, or as `NAME.v1.2` and so on: none is overwritten);
//! - after a failed sync, since nobody knows then what the disk has;
//! - when somebody else has moved, changed or hard-linked the file: an append could damage it;
//! - when it has become twice as large as what it holds.
//!
//! A crash at any step leaves the old or the new file under the name, each whole but for a torn last group.
//!
//! If the lock file was removed by hand, another program may have saved, and closed the file, in the meantime. Then the
//! file is read again before anything is written: see [`Disk::catch_up`].

use super::{
    first_format,
    format::{self, Change, Loaded, Values},
    location::{self, remove_if_there, temporary},
};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    path::Path,
};

/// Files below this size aren't rewritten for their size.
const SMALL: u64 = 64 * 1024;

/// The file as this process knows it.
pub(super) struct Disk {
    content: &'static str,
    /// The open file, if lines can be appended to it.
    file: Option<File>,
    keep_as_v1: bool,
    /// The length of the file as this process wrote it.
    len: u64,
    /// The length from which on it is rewritten.
    rewrite_at: u64,
    /// The number of the last write that succeeded.
    group: u64,
}

impl Disk {
    pub(super) fn new(path: &Path, content: &'static str, loaded: Option<&Loaded>) -> Self {
        let mut disk = Self { content, file: None, keep_as_v1: false, len: 0, rewrite_at: 0, group: 0 };
        let Some(loaded) = loaded else {
            // Now, so that the first save needs no more syncs than another. What fails here is reported by that save.
            let _ = disk.rewrite(path, 0, &Values::new());
            return disk;
        };
        (disk.len, disk.group, disk.keep_as_v1) = (loaded.len, loaded.group, loaded.is_first_format);
        let live: u64 = loaded.values.iter().map(|(key, value)| format::line_len(key, value)).sum();
        disk.rewrite_at = doubled(live);
        // Where it can't be opened for writing, the first save rewrites it, or says why not.
        disk.file = loaded.appendable.then(|| OpenOptions::new().read(true).write(true).open(path).ok()).flatten();
        disk
    }

    /// Reads again what another program may have saved while the lock wasn't held, and adds it to `values`.
    ///
    /// If that program only appended, the file is the truth. If the file is another one, a record that one of both has
    /// is kept: a record that was removed may come back, but none is lost. Where both have it, the longer history wins.
    pub(super) fn catch_up(
        &mut self,
        path: &Path,
        values: &mut Values,
        load: impl Fn(&[u8]) -> io::Result<Loaded>,
    ) -> io::Result<()> {
        if self.file.as_ref().is_some_and(|file| location::is_unchanged(file, path, self.len)) {
            return Ok(());
        }
        let Some(loaded) = location::read(path)?.map(|bytes| load(&bytes)).transpose()? else { return Ok(()) };
        let (group, is_newer) = (self.group.max(loaded.group), loaded.group > self.group);
        let was_appended_to = self.file.as_ref().is_some_and(|file| location::is_same_file(file, path)) && is_newer;
        *self = Self::new(path, self.content, Some(&loaded));
        if was_appended_to {
            *values = loaded.values;
            return Ok(());
        }
        (self.file, self.group) = (None, group);
        for (key, value) in loaded.values {
            match values.get(&key) {
                Some(_) if !is_newer => {}
                _ => drop(values.insert(key, value)),
            }
        }
        Ok(())
    }

    /// Writes the changes and syncs them: all or, after an error, none.
    pub(super) fn commit(&mut self, path: &Path, changes: &[Change], values: impl Fn() -> Values) -> io::Result<()> {
        // Counted up only by a write that succeeds: a gap between the numbers would look like damage.
        let group = self.group + 1;
        let file = self.file.take_if(|file| location::is_unchanged(file, path, self.len));
        if file.is_some() && self.len < self.rewrite_at {
            return self.append(file, group, changes);
        }
        let mut values = values();
        changes.iter().for_each(|change| change.apply_to(&mut values));
        match self.rewrite(path, group, &values) {
            // It was only to become shorter, which can wait.
            Err(_) if file.is_some() => {
                self.rewrite_at = self.rewrite_at.saturating_mul(2);
                self.append(file, group, changes)
            }
            result => result,
        }
    }

    fn append(&mut self, file: Option<File>, group: u64, changes: &[Change]) -> io::Result<()> {
        let Some(mut file) = file else { return Err(io::Error::other("the file is not open")) };
        let mut text = String::new();
        for change in changes {
            format::push_line(&mut text, group, &change.key, change.value.as_deref())?;
        }
        file.seek(SeekFrom::Start(self.len))?;
        if let Err(error) = file.write_all(text.as_bytes()) {
            // A part may be there. Cut off, the file is as it was, and the next save needs no room for a whole new one.
            if file.set_len(self.len).is_ok() {
                self.file = Some(file);
            }
            return Err(error);
        }
        // After a failed sync the file isn't used any more: a second sync could succeed without the data.
        file.sync_data()?;
        self.len += text.len() as u64;
        self.group = group;
        self.file = Some(file);
        Ok(())
    }

    fn rewrite(&mut self, path: &Path, group: u64, values: &Values) -> io::Result<()> {
        let result = self.replace(path, group, values);
        if result.is_err() {
            // On a full disk, what was left would take the room that the next append needs.
            let _ = fs::remove_file(temporary(path));
        }
        result
    }

    fn replace(&mut self, path: &Path, group: u64, values: &Values) -> io::Result<()> {
        let mut text = format::head(self.content);
        for (key, value) in values {
            format::push_line(&mut text, group, key, Some(value))?;
        }
        let new = temporary(path);
        // Never opened through whatever stands there: it may be a link to something else.
        remove_if_there(&new)?;
        let mut file = location::create_private(&new)?;
        // Whoever may not read the old file may not read the new one.
        if let Ok(old) = fs::metadata(path) {
            file.set_permissions(old.permissions())?;
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        if self.keep_as_v1 {
            first_format::keep(path)?;
        }
        fs::rename(&new, path)?;
        self.keep_as_v1 = false;
        location::sync_directory(path)?;
        self.len = text.len() as u64;
        self.group = group;
        self.rewrite_at = doubled(self.len);
        self.file = Some(file);
        Ok(())
    }
}

fn doubled(live: u64) -> u64 {
    live.saturating_mul(2).max(SMALL)
}
