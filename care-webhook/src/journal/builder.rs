//! The settings of a [`FileJournal`].

use super::{
    FileJournal,
    rotation::Rotation,
    writer::{DISK, Disk},
};
use std::{io, path::PathBuf, time::Duration};

/// Sets when a [`FileJournal`] begins a new file and which old ones it removes. Begin with [`FileJournal::builder`].
///
/// | setting | default |
/// |---|---|
/// | [`rotate_at`](Self::rotate_at) | never |
/// | [`rotate_daily`](Self::rotate_daily) | never |
/// | [`forget_after`](Self::forget_after) | never: nothing is removed |
///
/// ```
/// # let folder = std::env::temp_dir().join(format!("care-webhook-rotation-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// use care_webhook::FileJournal;
/// use std::time::Duration;
///
/// let journal = FileJournal::builder(folder.join("calls.jsonl"))
///     .rotate_daily()
///     .rotate_at(64 << 20)
///     .forget_after(Duration::from_secs(90 * 86_400))
///     .open()?;
/// # drop(journal);
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "call open() to get the journal"]
pub struct FileJournalBuilder {
    path: PathBuf,
    rotation: Rotation,
}

impl FileJournalBuilder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, rotation: Rotation::default() }
    }

    /// Begins a new file when this one has so many bytes. The full one is renamed to `NAME.2026-11-28.00000042`: the
    /// day of its last call, and a number that only grows.
    pub fn rotate_at(mut self, bytes: u64) -> Self {
        self.rotation.bytes = Some(bytes);
        self
    }

    /// Begins a new file with the first call of each day, in UTC.
    pub fn rotate_daily(mut self) -> Self {
        self.rotation.is_daily = true;
        self
    }

    /// Removes files that were rotated out and have nothing newer than this, in whole days, whenever another one is
    /// rotated out. What is in the journal's own file stays.
    pub fn forget_after(mut self, age: Duration) -> Self {
        self.rotation.forget_after = Some(age);
        self
    }

    /// Opens the journal, as [`FileJournal::open`].
    ///
    /// # Errors
    ///
    /// As [`FileJournal::open`].
    pub fn open(self) -> io::Result<FileJournal> {
        self.open_on(DISK)
    }

    pub(super) fn open_on(self, disk: Disk) -> io::Result<FileJournal> {
        FileJournal::new(self.path, disk, self.rotation)
    }
}
