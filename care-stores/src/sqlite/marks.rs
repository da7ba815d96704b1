//! Which deliveries were stored, for receivers in several processes of one machine.

use super::SqliteStores;
use care_client_core::{BoxFuture, StoreError};
use care_webhook::{DedupeKey, DedupeStore};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, params};
use std::{sync::Arc, time::Duration};

const MINUTES: i64 = 10;

/// Marks of stored deliveries in a [`SqliteStores`]. Clones are the same store.
#[derive(Debug, Clone)]
pub struct SqliteMarks {
    stores: SqliteStores,
    window: TimeDelta,
}

impl SqliteMarks {
    pub(super) fn new(stores: SqliteStores) -> Self {
        Self { stores, window: TimeDelta::minutes(MINUTES) }
    }

    /// Sets how long a delivery is remembered. Default: 10 minutes, which is enough for CareMessenger; Engage Digital
    /// repeats for hours.
    #[must_use]
    pub fn with_window(mut self, window: Duration) -> Self {
        self.window = TimeDelta::from_std(window).unwrap_or(TimeDelta::MAX);
        self
    }
}

impl DedupeStore for SqliteMarks {
    fn seen<'a>(&'a self, key: &'a DedupeKey, at: DateTime<Utc>) -> BoxFuture<'a, Result<bool, StoreError>> {
        let (key, scope) = (key.as_str().to_owned(), Arc::clone(&self.stores.scope));
        let window = self.window.num_microseconds().unwrap_or(i64::MAX);
        Box::pin(self.stores.read(move |connection| {
            let mut statement = connection.prepare_cached("SELECT at FROM marks WHERE scope = ?1 AND key = ?2")?;
            let then = statement.query_row(params![scope, key], |row| row.get::<_, i64>(0)).optional()?;
            // A clock that was set back must not make a duplicate look like something new.
            let distance = |then: i64| at.timestamp_micros().abs_diff(then);
            Ok(then.is_some_and(|then| distance(then) <= window.unsigned_abs()))
        }))
    }

    fn record<'a>(&'a self, key: &'a DedupeKey, at: DateTime<Utc>) -> BoxFuture<'a, Result<(), StoreError>> {
        let (key, scope) = (key.as_str().to_owned(), Arc::clone(&self.stores.scope));
        let at = at.timestamp_micros();
        let expires_at = at.saturating_add(self.window.num_microseconds().unwrap_or(i64::MAX));
        Box::pin(self.stores.write(move |connection| {
            let sql = "INSERT INTO marks VALUES (?1, ?2, ?3, ?4) ON CONFLICT (scope, key) \
                       DO UPDATE SET at = excluded.at, expires_at = max(expires_at, excluded.expires_at)";
            connection.prepare_cached(sql)?.execute(params![scope, key, at, expires_at]).map(drop)
        }))
    }
}
