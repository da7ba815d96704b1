//! What went wrong, as a text that can be shown: the file, what failed, what to do. Never a statement's values.

use care_client_core::StoreError;
use rusqlite::ErrorCode;
use std::{fmt, io, path::Path, sync::Arc};

/// A failure that many may share: a commit fails for all changes in it.
#[derive(Debug, Clone)]
pub(super) struct Failure(Arc<str>);

impl Failure {
    pub(super) fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The error of a store, with the file that it is about.
    pub(super) fn at(&self, what: &str, path: &Path) -> StoreError {
        StoreError::from(format!("cannot {what} the database {}: {self}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(error.to_string())
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        if let rusqlite::Error::FromSqlConversionFailure(_, _, text) = &error {
            // Ours: see `unreadable`.
            return Self::new(text.to_string());
        }
        let Some(code) = error.sqlite_error() else { return Self::new("an unexpected answer of SQLite") };
        Self::new(match code.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
                "another process has kept it locked for 10 s: end that process if it hangs".to_owned()
            }
            ErrorCode::DiskFull => "the disk is full: make room".to_owned(),
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
                format!("{code}: the file and its directory must be writable for the user of this process")
            }
            ErrorCode::NotADatabase => "it is no SQLite database: move it away, or give another path".to_owned(),
            ErrorCode::DatabaseCorrupt => {
                "it is damaged: keep a copy with its -wal, and restore it by sqlite3's .recover or from a backup"
                    .to_owned()
            }
            _ => code.to_string(),
        })
    }
}

/// The error of a row whose content can't be read. The content isn't quoted.
#[cfg(any(feature = "aura", feature = "leap", feature = "webhook"))]
pub(super) fn unreadable(what: &str, id: impl fmt::Display) -> rusqlite::Error {
    let text = format!("{what} {id} can't be read: a newer version may have written it");
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, text.into())
}
