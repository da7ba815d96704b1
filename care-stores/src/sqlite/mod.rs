//! SQLite: one file on a local disk, for the processes of one machine.
//!
//! ```text
//! SqliteStores              mod.rs         opens the file, makes the handles, forgets
//!   ├ sessions changes …                   a handle each: one table, its statements
//!   └ Worker                worker.rs      a thread that commits all that waits at once
//!       └ open              database.rs    the file: its place, mode, format and settings
//!           ├ check           file_system.rs
//!           └ migrate         migrations.rs
//! ```

#[cfg(feature = "webhook")]
mod calls;
#[cfg(feature = "leap")]
mod changes;
mod database;
mod failure;
mod file_system;
#[cfg(feature = "webhook")]
mod marks;
mod migrations;
#[cfg(feature = "aura")]
mod sessions;
mod tokens;
mod worker;

#[cfg(feature = "webhook")]
pub use calls::{CallId, SqliteCalls, StoredCall};
#[cfg(feature = "leap")]
pub use changes::SqliteChanges;
#[cfg(feature = "webhook")]
pub use marks::SqliteMarks;
#[cfg(feature = "aura")]
pub use sessions::SqliteSessions;
pub use tokens::SqliteTokens;

use crate::forgotten::Forgotten;
use care_client_core::StoreError;
use chrono::{DateTime, Utc};
use database::Identity;
use failure::Failure;
use rusqlite::{Connection, params};
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};
use worker::{Commits, Worker};

/// Sessions, acknowledgements, calls for help, marks and tokens in one SQLite file. Clones and handles share it;
/// several processes of one machine may have it open.
///
/// A change returns when the disk has it (`synchronous=FULL`). One thread writes, and all changes that wait are one
/// commit with one sync, so that a thousand cost little more than one. What can't be written is an error of that change
/// alone, and the earlier row stands.
///
/// The file and its side files (`NAME-wal`, `NAME-shm`) are readable by their owner alone, on Unix. The file must lie
/// on a local disk: SQLite's locks don't hold on network file systems, and on Linux those are refused. To copy it while
/// it is open, use `sqlite3 NAME ".backup COPY"`, never `cp`: the newest changes are in `NAME-wal`. For the same reason
/// a file that is mounted by itself or has a second name (a hard link) is refused, and a file that is moved, removed or
/// replaced while it is open makes every further call an error.
///
/// A process that is stopped (`SIGSTOP`) in the middle of a commit blocks the others until it goes on or is killed;
/// they get errors after 10 s. Let the service manager end what hangs.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("care-stores-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("care.db");
/// use care_client_core::{Token, TokenStore};
/// use care_stores::SqliteStores;
///
/// let stores = SqliteStores::open(&path)?;
/// let tokens = stores.tokens();
/// tokens.save("user:alex@example.com", &Token::new("a-token")).await?;
///
/// let again = SqliteStores::open(&path)?.tokens().load("user:alex@example.com").await?;
/// assert!(again.is_some_and(|token| token.secret().expose() == "a-token"));
/// # std::fs::remove_dir_all(folder)?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct SqliteStores {
    shared: Arc<Shared>,
    scope: Arc<str>,
}

struct Shared {
    path: PathBuf,
    writer: Worker,
    reader: Worker,
}

impl SqliteStores {
    /// Opens the file at `path`, and makes it if there is none. Its directory must exist. Links are followed. It blocks
    /// for as long as the disk takes: open it before you serve.
    ///
    /// A file of an older version of this crate is brought up to date, in one transaction.
    ///
    /// # Errors
    ///
    /// Names the file and says what to do: if it is no database of this crate, in which case it is left as it is; if a
    /// newer version of this crate has written it; if it lies on a network file system, is mounted by itself or has a
    /// second name; if it can't be read or written.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let given = path.as_ref();
        let open = || {
            let path = database::resolve(given)?;
            let start = |commits| Worker::start(database::open(&path)?, Identity::of(&path)?, commits);
            let (writer, reader) = (start(Commits::Together)?, start(Commits::Nothing)?);
            Ok(Self { shared: Arc::new(Shared { path, writer, reader }), scope: "".into() })
        };
        open().map_err(|failure: Failure| failure.at("open", given))
    }

    /// The same file for rows of their own: those of another server or another account, whose ids could be the same.
    /// What one scope keeps, another doesn't see. Default: the empty name.
    #[must_use]
    pub fn scope(&self, name: impl Into<Arc<str>>) -> Self {
        Self { shared: Arc::clone(&self.shared), scope: name.into() }
    }

    /// Where the file is, links followed.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// The sessions of AURA's callouts.
    #[cfg(feature = "aura")]
    #[must_use]
    pub fn sessions(&self) -> SqliteSessions {
        SqliteSessions::new(self.clone())
    }

    /// LEAP's acknowledgements in flight.
    #[cfg(feature = "leap")]
    #[must_use]
    pub fn changes(&self) -> SqliteChanges {
        SqliteChanges::new(self.clone())
    }

    /// The calls for help that a receiver stores.
    #[cfg(feature = "webhook")]
    #[must_use]
    pub fn calls(&self) -> SqliteCalls {
        SqliteCalls::new(self.clone())
    }

    /// Which deliveries a receiver has stored, for receivers in several processes.
    #[cfg(feature = "webhook")]
    #[must_use]
    pub fn marks(&self) -> SqliteMarks {
        SqliteMarks::new(self.clone())
    }

    /// Tokens.
    #[must_use]
    pub fn tokens(&self) -> SqliteTokens {
        SqliteTokens::new(self.clone())
    }

    /// Removes what ended before the time, of all scopes: sessions that have ended, calls that were handled, marks and
    /// tokens that have expired. An open session, an acknowledgement in flight and an open call are never removed,
    /// however old, nor a mark or token that is still valid; the answer counts the open ones. What is removed is
    /// overwritten in the file.
    ///
    /// # Errors
    ///
    /// If the file can't be written. Nothing is removed then.
    pub async fn forget_before(&self, time: DateTime<Utc>) -> Result<Forgotten, StoreError> {
        let (at, now) = (time.timestamp_micros(), Utc::now().timestamp_micros());
        let forgotten = self.write(move |connection| forget(connection, at, at.min(now))).await?;
        // The removed rows are still in the log, which SQLite may keep for long. Another process that reads may keep it
        // from being emptied: the next time does it.
        let empty = |connection: &mut Connection| {
            let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            Ok(())
        };
        self.read(empty).await?;
        Ok(forgotten)
    }

    /// Runs a change in the next commit.
    async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.shared.writer.run(change).await.map_err(|failure| failure.at("write", self.path()))
    }

    /// Runs a query. It sees every change that has returned.
    async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.shared.reader.run(query).await.map_err(|failure| failure.at("read", self.path()))
    }
}

/// `expired` is the earlier of the time and now: what is still valid is needed.
fn forget(connection: &mut Connection, at: i64, expired: i64) -> rusqlite::Result<Forgotten> {
    let all = connection.savepoint()?;
    let removed_at = |sql: &str, at: i64| all.execute(sql, params![at]).map(|count| count as u64);
    let removed = |sql: &str| removed_at(sql, at);
    let counted = |sql: &str| all.query_row(sql, params![at], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs);
    let forgotten = Forgotten {
        sessions: removed("DELETE FROM sessions WHERE ended_at < ?1")?,
        calls: removed("DELETE FROM calls WHERE handled_at < ?1")?,
        marks: removed_at("DELETE FROM marks WHERE expires_at < ?1", expired)?,
        tokens: removed_at("DELETE FROM tokens WHERE expires_at < ?1", expired)?,
        open_sessions: counted("SELECT count(*) FROM sessions WHERE ended_at IS NULL AND created_at < ?1")?,
        pending_changes: counted("SELECT count(*) FROM changes WHERE saved_at < ?1")?,
        open_calls: counted("SELECT count(*) FROM calls WHERE handled_at IS NULL AND received_at < ?1")?,
    };
    all.commit()?;
    Ok(forgotten)
}

impl fmt::Debug for SqliteStores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rows can be personal.
        f.debug_struct("SqliteStores").field("path", &self.path()).field("scope", &self.scope).finish_non_exhaustive()
    }
}
