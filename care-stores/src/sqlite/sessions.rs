//! AURA's sessions: one row each. An ended one stays, as ended, until it is forgotten, so that no late save of another
//! process can open it again.

use super::{SqliteStores, failure::unreadable};
use crate::imported::{Imported, set_aside};
use aura_client::{FileSessionStore, SessionState, SessionStore};
use care_client_core::{BoxFuture, StoreError};
use chrono::Utc;
use rusqlite::{Connection, params};
use std::{path::Path, sync::Arc};

/// AURA's sessions in a [`SqliteStores`]: hand it to [`Aura::raise`](aura_client::Aura::raise). Clones are the same
/// store.
///
/// A session that has ended is kept, and not loaded any more, until
/// [`forget_before`](SqliteStores::forget_before) removes it. Whoever saves it once more can't open it again.
///
/// Several processes may read and save. Two that follow the same callout report it twice and harm nothing.
#[derive(Debug, Clone)]
pub struct SqliteSessions(SqliteStores);

impl SqliteSessions {
    pub(super) fn new(stores: SqliteStores) -> Self {
        Self(stores)
    }

    /// Takes over the sessions of a [`FileSessionStore`], in one transaction, and then renames its file to
    /// `NAME.imported`. No such file is an import of nothing, so it can be called at each start. If it is interrupted,
    /// the next call finishes it. A session that this store has already stays as it is here.
    ///
    /// # Errors
    ///
    /// If another process has the file open, or it can't be read, renamed or stored. All of it is in the file then.
    pub async fn import_file(&self, path: impl AsRef<Path>) -> Result<Imported, StoreError> {
        let path = path.as_ref();
        if !path.try_exists()? {
            return Ok(Imported::default());
        }
        // Held until the file is renamed: nobody adds a session to it meanwhile.
        let file = FileSessionStore::open(path)?;
        let states = file.load().await?;
        let (total, scope) = (states.len() as u64, Arc::clone(&self.0.scope));
        let rows = states.iter().map(Row::of).collect::<Result<Vec<_>, _>>()?;
        let added = self.0.write(move |connection| {
            let all = connection.savepoint()?;
            let mut added = 0;
            for row in &rows {
                added += row.insert(&all, &scope, "DO NOTHING")?;
            }
            all.commit()?;
            Ok(added as u64)
        });
        let added = added.await?;
        set_aside(file.path())?;
        Ok(Imported { added, present: total - added, damaged: 0 })
    }
}

/// What is stored of a session.
struct Row {
    key: String,
    created_at: i64,
    ended_at: Option<i64>,
    state: String,
}

impl Row {
    fn of(state: &SessionState) -> Result<Self, StoreError> {
        Ok(Self {
            key: state.key().as_str().to_owned(),
            created_at: state.created_at().timestamp_micros(),
            ended_at: state.is_ended().then(|| Utc::now().timestamp_micros()),
            state: serde_json::to_string(state).map_err(StoreError::new)?,
        })
    }

    fn insert(&self, connection: &Connection, scope: &str, on_conflict: &str) -> rusqlite::Result<usize> {
        let sql = format!("INSERT INTO sessions VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (scope, key) {on_conflict}");
        let mut statement = connection.prepare_cached(&sql)?;
        statement.execute(params![scope, self.key, self.created_at, self.ended_at, self.state])
    }
}

impl SessionStore for SqliteSessions {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        let (row, scope) = (Row::of(state), Arc::clone(&self.0.scope));
        Box::pin(async move {
            let row = row?;
            let replace = "DO UPDATE SET state = excluded.state, ended_at = excluded.ended_at WHERE ended_at IS NULL";
            self.0.write(move |connection| row.insert(connection, &scope, replace).map(drop)).await
        })
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        let scope = Arc::clone(&self.0.scope);
        Box::pin(self.0.read(move |connection| {
            let sql = "SELECT key, state FROM sessions WHERE scope = ?1 AND ended_at IS NULL ORDER BY created_at, key";
            let mut statement = connection.prepare_cached(sql)?;
            let read = |row: &rusqlite::Row<'_>| {
                let (key, state): (String, String) = (row.get(0)?, row.get(1)?);
                serde_json::from_str(&state).map_err(|_| unreadable("session", key))
            };
            statement.query_map(params![scope], read)?.collect()
        }))
    }
}
