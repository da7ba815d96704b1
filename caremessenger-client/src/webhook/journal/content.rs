use crate::webhook::Notification;
use care_client_core::Personal;

/// What a journal has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct JournalContent {
    /// All notifications that can be read, in the order of arrival.
    pub notifications: Vec<Notification>,
    /// The lines that can't be read. A crash in the middle of a line leaves one: it was never acknowledged, so it was posted again.
    pub damaged: Vec<DamagedLine>,
}

/// A line that can't be read.
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
            match serde_json::from_slice(line) {
                Ok(notification) => content.notifications.push(notification),
                Err(_) => content
                    .damaged
                    .push(DamagedLine { line: n + 1, text: Personal(String::from_utf8_lossy(line).into_owned()) }),
            }
        }
        content
    }
}
