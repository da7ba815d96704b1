//! What a journal holds: notifications, and lines that a crash or a full disk has damaged.

use crate::notification::{Notification, START};
use care_client_core::Personal;
use std::{io, path::Path, sync::Arc};

/// One entry of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum JournalEntry {
    /// A notification that was stored.
    Notification(Notification),
    /// A line that can't be read, or a part of one.
    Damaged(DamagedLine),
}

/// A line that can't be read, or a part of one. A crash in the middle of a line leaves a part of it, and so does a full
/// disk. It was not acknowledged, so it is posted again if the receiver is up in time. **Look at it: it may be a call
/// for help.**
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DamagedLine {
    /// The file it is in.
    pub file: Arc<Path>,
    /// Its number in the file, beginning with 1.
    pub line: usize,
    /// What can be read of it. It may tell who asked for help.
    pub text: Personal<String>,
}

/// All that a journal has, in memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct JournalContent {
    /// All notifications that can be read, in the order of arrival.
    pub notifications: Vec<Notification>,
    /// What can't be read.
    pub damaged: Vec<DamagedLine>,
}

impl JournalContent {
    pub(super) fn collect(entries: impl Iterator<Item = io::Result<JournalEntry>>) -> io::Result<Self> {
        let mut content = Self::default();
        for entry in entries {
            match entry? {
                JournalEntry::Notification(notification) => content.notifications.push(notification),
                JournalEntry::Damaged(line) => content.damaged.push(line),
            }
        }
        Ok(content)
    }
}

/// Reads a line: mostly one entry. A line that isn't one notification is cut where another one begins, because two
/// writers can come between each other's look at the end of the file and their write. What lines begin with stands
/// nowhere else in a whole one: within texts its quotation marks are escaped.
pub(super) fn entries(file: &Arc<Path>, line: usize, bytes: &[u8]) -> Vec<JournalEntry> {
    if let Ok(notification) = serde_json::from_slice(bytes) {
        return vec![JournalEntry::Notification(notification)];
    }
    let entry = |piece: &[u8]| match serde_json::from_slice(piece) {
        Ok(notification) => JournalEntry::Notification(notification),
        Err(_) => {
            let text = Personal(String::from_utf8_lossy(piece).into_owned());
            JournalEntry::Damaged(DamagedLine { file: Arc::clone(file), line, text })
        }
    };
    pieces(bytes).map(entry).collect()
}

fn pieces(mut line: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let next = line.windows(START.len()).skip(1).position(|bytes| bytes == START).map_or(line.len(), |at| at + 1);
        let (piece, rest) = line.split_at(next);
        line = rest;
        (!piece.is_empty()).then_some(piece)
    })
}
