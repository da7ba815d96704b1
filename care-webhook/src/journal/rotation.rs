//! How a journal is cut into files, and which of them are removed.
//!
//! A file that is full, or of a day that is over, gets the name `NAME.2026-11-28.00000042`: the day of its last call,
//! and a number that only grows. Nothing else in the directory is ever touched.

use chrono::{Days, NaiveDate, TimeDelta, Utc};
use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

/// When a journal begins a new file, and when it removes old ones. Default: never.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rotation {
    pub(super) bytes: Option<u64>,
    pub(super) is_daily: bool,
    pub(super) forget_after: Option<Duration>,
}

/// A file that was rotated out of a journal.
#[derive(Debug)]
pub(super) struct Rotated {
    pub(super) number: u64,
    day: NaiveDate,
    pub(super) path: PathBuf,
}

impl Rotation {
    pub(super) fn is_on(&self) -> bool {
        self.bytes.is_some() || self.is_daily || self.forget_after.is_some()
    }

    /// Whether a new file is to begin before something of this day is added.
    pub(super) fn is_due(&self, length: u64, days: (Option<&str>, Option<&str>)) -> bool {
        let is_over = matches!(days, (Some(last), Some(next)) if last != next);
        length > 0 && (self.bytes.is_some_and(|most| length >= most) || (self.is_daily && is_over))
    }

    /// Removes the files of a journal that have nothing newer than told. One that can't be removed is tried again next
    /// time.
    pub(super) fn forget(&self, journal: &Path, today: NaiveDate) -> io::Result<()> {
        let kept = self.forget_after.and_then(|kept| TimeDelta::from_std(kept).ok());
        let Some(oldest) = kept.and_then(|kept| today.checked_sub_signed(kept)) else { return Ok(()) };
        rotated(journal)?.iter().filter(|file| file.day < oldest).try_for_each(|file| fs::remove_file(&file.path))
    }
}

/// The files that were rotated out of a journal, oldest first.
pub(super) fn rotated(journal: &Path) -> io::Result<Vec<Rotated>> {
    let directory = journal.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = journal.file_name().and_then(|name| name.to_str()) else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let parsed = entry.file_name().to_str().and_then(|file| parse(file.strip_prefix(name)?));
        files.extend(parsed.map(|(day, number)| Rotated { number, day, path: entry.path() }));
    }
    files.sort_by_key(|file| file.number);
    Ok(files)
}

fn parse(suffix: &str) -> Option<(NaiveDate, u64)> {
    let (day, number) = suffix.strip_prefix('.')?.split_once('.')?;
    let is_number = number.len() >= 8 && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = day.len() == 10;
    if is_number && is_day { Some((day.parse().ok()?, number.parse().ok()?)) } else { None }
}

/// The name for the next file that is rotated out.
pub(super) fn next_name(journal: &Path, last_day: Option<&str>) -> io::Result<PathBuf> {
    let number = rotated(journal)?.last().map_or(1, |last| last.number + 1);
    let today = Utc::now().date_naive();
    // A file whose last line can't be read counts as of yesterday, at the least.
    let day = last_day.and_then(|day| day.parse().ok()).or(today.checked_sub_days(Days::new(1))).unwrap_or(today);
    let mut name = journal.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{day}.{number:08}"));
    Ok(journal.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use care_testkit::Folder;

    #[test]
    fn only_names_of_its_own_are_taken_for_rotated_files() {
        let folder = Folder::new();
        let journal = folder.file("calls.jsonl");
        for name in [
            "calls.jsonl.2026-11-28.00000010",
            "calls.jsonl.2026-11-29.00000009",
            "calls.jsonl",
            "calls.jsonl.1",
            "calls.jsonl.2026-11-28.gz",
            "calls.jsonl.2026-11-28.0000001x",
            "calls.jsonl.2026-13-28.00000001",
            "calls.jsonl.v1",
            "other.jsonl.2026-11-28.00000001",
        ] {
            fs::write(folder.file(name), "").unwrap();
        }
        let numbers: Vec<_> = rotated(&journal).unwrap().iter().map(|file| file.number).collect();
        assert_eq!(numbers, [9, 10], "by number, for a clock may be set back");
        let next = next_name(&journal, Some("2026-11-30")).unwrap();
        assert_eq!(next, folder.file("calls.jsonl.2026-11-30.00000011"));
        let rotation = Rotation { forget_after: Some(Duration::from_secs(86_400)), ..Rotation::default() };
        rotation.forget(&journal, "2026-11-30".parse().unwrap()).unwrap();
        assert_eq!(rotated(&journal).unwrap().len(), 1, "the one of the 28th is older than a day");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 8, "and nothing else is touched");
    }
}
