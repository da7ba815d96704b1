//! Calls for help: one row each, in the order of their arrival, open until somebody has handled it.

use super::{SqliteStores, failure::unreadable};
use crate::imported::{Imported, set_aside};
use care_client_core::{BoxFuture, StoreError};
use care_webhook::{JournalEntry, JournalReader, Notification, Sink};
use chrono::Utc;
use rusqlite::{Connection, params};
use std::{fmt, io, path::Path, sync::Arc};

/// The number of a stored call: a later one is larger, and none is used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(i64);

impl CallId {
    /// The number.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl From<i64> for CallId {
    fn from(id: i64) -> Self {
        Self(id)
    }
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A call for help as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredCall {
    /// Its number.
    pub id: CallId,
    /// The call as it came.
    pub notification: Notification,
}

/// Calls for help in a [`SqliteStores`]: the sink of a receiver, and the list of what is still open. Clones are the
/// same store.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("care-stores-calls-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("care.db");
/// use care_stores::SqliteStores;
/// use care_webhook::{Receiver, SecretInPath};
///
/// let stores = SqliteStores::open(&path)?;
/// let receiver = Receiver::builder(SecretInPath::new(), stores.calls())
///     .dedupe_store(stores.marks())
///     .notifier("duty desk", "3f9d2c51b7e04a68")
///     .build()?;
/// # let post = http::Request::post("/3f9d2c51b7e04a68").body(bytes::Bytes::from("help"))?;
/// # assert_eq!(receiver.handle(post).await.status(), 200);
/// // Another part of the program, or another process:
/// for call in stores.calls().open_calls(100).await? {
///     println!("{} calls", call.notification.notifier);
///     stores.calls().handled(call.id).await?;
/// }
/// # assert!(stores.calls().open_calls(1).await?.is_empty());
/// # std::fs::remove_dir_all(folder)?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct SqliteCalls(SqliteStores);

impl SqliteCalls {
    pub(super) fn new(stores: SqliteStores) -> Self {
        Self(stores)
    }

    /// The calls that nobody has handled, oldest first, at most so many.
    ///
    /// # Errors
    ///
    /// If the file can't be read.
    pub async fn open_calls(&self, at_most: u32) -> Result<Vec<StoredCall>, StoreError> {
        let scope = Arc::clone(&self.0.scope);
        let query = move |connection: &mut Connection| {
            let sql = "SELECT id, call FROM calls WHERE scope = ?1 AND handled_at IS NULL ORDER BY id LIMIT ?2";
            let mut statement = connection.prepare_cached(sql)?;
            let read = |row: &rusqlite::Row<'_>| {
                let (id, call): (i64, String) = (row.get(0)?, row.get(1)?);
                let notification = serde_json::from_str(&call).map_err(|_| unreadable("call", id))?;
                Ok(StoredCall { id: CallId(id), notification })
            };
            statement.query_map(params![scope, at_most], read)?.collect()
        };
        self.0.read(query).await
    }

    /// Notes that somebody has handled the call, from when on [`forget_before`](SqliteStores::forget_before) may remove
    /// it. False if there is no such call, or it was handled before: of several that say so at once, one gets true.
    ///
    /// # Errors
    ///
    /// If the file can't be written. The call stays open then.
    pub async fn handled(&self, id: CallId) -> Result<bool, StoreError> {
        let scope = Arc::clone(&self.0.scope);
        let change = move |connection: &mut Connection| {
            let sql = "UPDATE calls SET handled_at = ?3 WHERE scope = ?1 AND id = ?2 AND handled_at IS NULL";
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.execute(params![scope, id.0, Utc::now().timestamp_micros()])? > 0)
        };
        self.0.write(change).await
    }

    /// Takes over the calls of a [`FileJournal`](care_webhook::FileJournal)'s file, as open ones, in one transaction,
    /// and then renames it to `NAME.imported`. Files that were rotated out of it are files of their own: import each.
    /// No such file is an import of nothing. If it is interrupted, the next call finishes it, and no line becomes two
    /// calls.
    ///
    /// Stop the receiver that writes to the file before: what it stores meanwhile would stay in the renamed file.
    ///
    /// # Errors
    ///
    /// If it can't be read, renamed or stored, or if no line of it is a call: then it is probably no journal. All of it
    /// is in the file then.
    pub async fn import_file(&self, path: impl AsRef<Path>) -> Result<Imported, StoreError> {
        let path = match path.as_ref().canonicalize() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Imported::default()),
            path => path?,
        };
        let refused = |why| Err(StoreError::from(format!("cannot import calls from {}: {why}", path.display())));
        if path == self.0.path() {
            return refused("it is the store itself: give the path of the journal");
        }
        if !path.metadata()?.is_file() {
            return refused("it is not a regular file: give the path of the journal");
        }
        let (file, scope) = (path.clone(), Arc::clone(&self.0.scope));
        let imported = self.0.write(move |connection| {
            let all = connection.savepoint()?;
            let imported = import(&all, &scope, &file)?;
            all.commit()?;
            Ok(imported)
        });
        let imported = imported.await?;
        if imported.damaged > 0 && imported.added + imported.present == 0 {
            return refused("no line of it is a call, so it stays where it is: give the path of the journal");
        }
        set_aside(&path)?;
        Ok(imported)
    }
}

fn import(connection: &Connection, scope: &str, file: &Path) -> rusqlite::Result<Imported> {
    let unreadable = |error: std::io::Error| unreadable("the journal", format!("{} ({error})", file.display()));
    let mut imported = Imported::default();
    // The same line twice is one call: its time is exact to the nanosecond.
    let sql = "INSERT INTO calls (scope, received_at, call) SELECT ?1, ?2, ?3 WHERE NOT EXISTS \
               (SELECT 1 FROM calls WHERE scope = ?1 AND received_at = ?2 AND call = ?3)";
    for entry in JournalReader::of_file(file).map_err(unreadable)? {
        match entry.map_err(unreadable)? {
            JournalEntry::Notification(notification) => {
                let call = text(&notification)?;
                let row = params![scope, notification.received_at.timestamp_micros(), call];
                match connection.prepare_cached(sql)?.execute(row)? {
                    0 => imported.present += 1,
                    _ => imported.added += 1,
                }
            }
            _ => imported.damaged += 1,
        }
    }
    Ok(imported)
}

fn text(notification: &Notification) -> rusqlite::Result<String> {
    serde_json::to_string(notification).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

impl Sink for SqliteCalls {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        let (call, scope) = (serde_json::to_string(notification), Arc::clone(&self.0.scope));
        let received_at = notification.received_at.timestamp_micros();
        Box::pin(async move {
            let call = call.map_err(StoreError::new)?;
            let change = move |connection: &mut Connection| {
                let sql = "INSERT INTO calls (scope, received_at, call) VALUES (?1, ?2, ?3)";
                connection.prepare_cached(sql)?.execute(params![scope, received_at, call]).map(drop)
            };
            self.0.write(change).await
        })
    }
}
