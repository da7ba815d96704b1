//! LEAP's acknowledgements in flight: one row each, removed when it is certain that nothing was hidden.

use super::{SqliteStores, failure::unreadable};
use crate::imported::{Imported, set_aside};
use care_client_core::{BoxFuture, StoreError};
use chrono::Utc;
use leap_client::{ChangeStore, FileChangeStore, PendingAck, RequestId};
use rusqlite::{Connection, params};
use std::{path::Path, sync::Arc};

/// LEAP's acknowledgements in flight in a [`SqliteStores`], for a feed. Clones are the same store. Only one feed at a
/// time may use it: for feeds of several users or servers, give each a [scope](SqliteStores::scope).
#[derive(Debug, Clone)]
pub struct SqliteChanges(SqliteStores);

impl SqliteChanges {
    pub(super) fn new(stores: SqliteStores) -> Self {
        Self(stores)
    }

    /// Takes over the entries of a [`FileChangeStore`], in one transaction, and then renames its file to
    /// `NAME.imported`. No such file is an import of nothing, so it can be called at each start. If it is interrupted,
    /// the next call finishes it. An entry that this store has already stays as it is here.
    ///
    /// # Errors
    ///
    /// If another process has the file open, or it can't be read, renamed or stored. All of it is in the file then.
    pub async fn import_file(&self, path: impl AsRef<Path>) -> Result<Imported, StoreError> {
        let path = path.as_ref();
        if !path.try_exists()? {
            return Ok(Imported::default());
        }
        // Held until the file is renamed: nobody adds an entry to it meanwhile.
        let file = FileChangeStore::open(path)?;
        let entries = file.load().await?;
        let (total, scope) = (entries.len() as u64, Arc::clone(&self.0.scope));
        let rows = entries.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        let added = self.0.write(move |connection| {
            let all = connection.savepoint()?;
            let mut added = 0;
            for row in &rows {
                added += insert(&all, &scope, row, "DO NOTHING")?;
            }
            all.commit()?;
            Ok(added as u64)
        });
        let added = added.await?;
        set_aside(file.path())?;
        Ok(Imported { added, present: total - added, damaged: 0 })
    }
}

/// The id, and the entry as JSON.
fn row(pending: &PendingAck) -> Result<(String, String), StoreError> {
    Ok((pending.id.as_str().to_owned(), serde_json::to_string(pending).map_err(StoreError::new)?))
}

fn insert(connection: &Connection, scope: &str, row: &(String, String), on_conflict: &str) -> rusqlite::Result<usize> {
    let sql = format!("INSERT INTO changes VALUES (?1, ?2, ?3, ?4) ON CONFLICT (scope, id) {on_conflict}");
    let mut statement = connection.prepare_cached(&sql)?;
    statement.execute(params![scope, row.0, Utc::now().timestamp_micros(), row.1])
}

impl ChangeStore for SqliteChanges {
    fn load(&self) -> BoxFuture<'_, Result<Vec<PendingAck>, StoreError>> {
        let scope = Arc::clone(&self.0.scope);
        Box::pin(self.0.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT id, pending FROM changes WHERE scope = ?1 ORDER BY id")?;
            let read = |row: &rusqlite::Row<'_>| {
                let (id, pending): (String, String) = (row.get(0)?, row.get(1)?);
                serde_json::from_str(&pending).map_err(|_| unreadable("the acknowledgement of", id))
            };
            statement.query_map(params![scope], read)?.collect()
        }))
    }

    fn save<'a>(&'a self, pending: &'a PendingAck) -> BoxFuture<'a, Result<(), StoreError>> {
        let (row, scope) = (row(pending), Arc::clone(&self.0.scope));
        Box::pin(async move {
            let row = row?;
            let replace = "DO UPDATE SET pending = excluded.pending, saved_at = excluded.saved_at";
            self.0.write(move |connection| insert(connection, &scope, &row, replace).map(drop)).await
        })
    }

    fn remove<'a>(&'a self, id: &'a RequestId) -> BoxFuture<'a, Result<(), StoreError>> {
        let (id, scope) = (id.as_str().to_owned(), Arc::clone(&self.0.scope));
        Box::pin(self.0.write(move |connection| {
            let mut statement = connection.prepare_cached("DELETE FROM changes WHERE scope = ?1 AND id = ?2")?;
            statement.execute(params![scope, id]).map(drop)
        }))
    }
}
