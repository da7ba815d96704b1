//! The tables, as numbered migrations: `user_version` is the number of the last one. Each runs once, in one transaction
//! with its number. One that was published is never changed; a new one is added behind it.

use super::failure::Failure;
use rusqlite::{Connection, TransactionBehavior};

/// Marks the file as one of this crate: "CARE".
const APPLICATION: i32 = 0x4341_5245;

/// Times are microseconds since 1970, UTC.
const MIGRATIONS: &[&str] = &[
    // 1
    "CREATE TABLE sessions (
        scope TEXT NOT NULL, key TEXT NOT NULL, created_at INTEGER NOT NULL, ended_at INTEGER, state TEXT NOT NULL,
        PRIMARY KEY (scope, key)
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX sessions_open ON sessions (scope, created_at) WHERE ended_at IS NULL;
     CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;
     CREATE TABLE changes (
        scope TEXT NOT NULL, id TEXT NOT NULL, saved_at INTEGER NOT NULL, pending TEXT NOT NULL,
        PRIMARY KEY (scope, id)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE calls (
        id INTEGER PRIMARY KEY AUTOINCREMENT, scope TEXT NOT NULL, received_at INTEGER NOT NULL, handled_at INTEGER,
        call TEXT NOT NULL
     ) STRICT;
     CREATE INDEX calls_received ON calls (scope, received_at);
     CREATE INDEX calls_open ON calls (scope, id) WHERE handled_at IS NULL;
     CREATE INDEX calls_handled ON calls (handled_at) WHERE handled_at IS NOT NULL;
     CREATE TABLE marks (
        scope TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
        PRIMARY KEY (scope, key)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE tokens (
        scope TEXT NOT NULL, key TEXT NOT NULL, token TEXT NOT NULL, expires_at INTEGER,
        PRIMARY KEY (scope, key)
     ) STRICT, WITHOUT ROWID;",
];

/// Brings the tables up to date; refuses a file that somebody else or a newer version has made.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Failure> {
    // Looked at without a lock first: a file that isn't ours must stay as it is. In one transaction, since another
    // process may be making the tables right now.
    let look = connection.transaction()?;
    let found = version(&look)?;
    look.finish()?;
    if found == MIGRATIONS.len() {
        return Ok(());
    }
    // Another process may be doing the same.
    let all = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = version(&all)?;
    for migration in &MIGRATIONS[version..] {
        all.execute_batch(migration)?;
    }
    all.pragma_update(None, "application_id", APPLICATION)?;
    all.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
    Ok(all.commit()?)
}

/// The number of the last migration that the file has.
fn version(connection: &Connection) -> Result<usize, Failure> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let is_empty = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))? == 0;
    if application != i64::from(APPLICATION) && !(is_empty && application == 0 && version == 0) {
        return Err(Failure::new("it is another program's database: move it away, or give another path"));
    }
    let newest = MIGRATIONS.len();
    match usize::try_from(version) {
        Ok(version) if version <= newest => Ok(version),
        _ => Err(Failure::new(format!(
            "a newer version of care-stores has written it (schema {version}; this one knows {newest}): \
             use that version"
        ))),
    }
}
