use crate::{Notification, stored::START};
use care_client_core::Personal;

/// What a journal has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct JournalContent {
    /// All notifications that can be read, in the order of arrival.
    pub notifications: Vec<Notification>,
    /// What can't be read. A crash in the middle of a line leaves a part of it, and so does a full disk. It was not acknowledged, so it
    /// is posted again if the receiver is up in time. **Look at it: it may be a call for help.**
    pub damaged: Vec<DamagedLine>,
}

/// A line that can't be read, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DamagedLine {
    /// Its number in the file, beginning with 1.
    pub line: usize,
    /// What can be read of it. It may tell who asked for help.
    pub text: Personal<String>,
}

impl JournalContent {
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut content = Self { notifications: Vec::new(), damaged: Vec::new() };
        for (n, line) in bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty()) {
            pieces(line).for_each(|piece| content.add(n + 1, piece));
        }
        content
    }

    fn add(&mut self, line: usize, piece: &[u8]) {
        match serde_json::from_slice(piece) {
            Ok(notification) => self.notifications.push(notification),
            Err(_) => {
                self.damaged.push(DamagedLine { line, text: Personal(String::from_utf8_lossy(piece).into_owned()) })
            }
        }
    }
}

/// Cuts a line where another one begins: two writers can come between each other's look at the end of the file and their write. What
/// lines begin with stands nowhere else in a whole one, for within texts its quotation marks are escaped.
fn pieces(mut line: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let next = line.windows(START.len()).skip(1).position(|bytes| bytes == START).map_or(line.len(), |at| at + 1);
        let (piece, rest) = line.split_at(next);
        line = rest;
        (!piece.is_empty()).then_some(piece)
    })
}
