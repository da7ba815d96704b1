//! Tokens by key. Their secrets are in the file as text: its mode protects them.

use super::SqliteStores;
use care_client_core::{BoxFuture, StoreError, Token, TokenStore};
use chrono::DateTime;
use rusqlite::{OptionalExtension, params};
use std::sync::Arc;

/// Tokens in a [`SqliteStores`]. Clones are the same store. They are stored as they are: whoever can read the file can
/// use them.
#[derive(Debug, Clone)]
pub struct SqliteTokens(SqliteStores);

impl SqliteTokens {
    pub(super) fn new(stores: SqliteStores) -> Self {
        Self(stores)
    }
}

impl TokenStore for SqliteTokens {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Token>, StoreError>> {
        let (key, scope) = (key.to_owned(), Arc::clone(&self.0.scope));
        Box::pin(self.0.read(move |connection| {
            let sql = "SELECT token, expires_at FROM tokens WHERE scope = ?1 AND key = ?2";
            let mut statement = connection.prepare_cached(sql)?;
            let read = |row: &rusqlite::Row<'_>| {
                let (token, expires_at): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
                Ok(Token::new(token).expires_at(expires_at.and_then(DateTime::from_timestamp_micros)))
            };
            statement.query_row(params![scope, key], read).optional()
        }))
    }

    fn save<'a>(&'a self, key: &'a str, token: &'a Token) -> BoxFuture<'a, Result<(), StoreError>> {
        let (key, scope, token) = (key.to_owned(), Arc::clone(&self.0.scope), token.clone());
        Box::pin(self.0.write(move |connection| {
            let sql = "INSERT INTO tokens VALUES (?1, ?2, ?3, ?4) ON CONFLICT (scope, key) \
                       DO UPDATE SET token = excluded.token, expires_at = excluded.expires_at";
            let expires_at = token.expiry().map(|at| at.timestamp_micros());
            connection.prepare_cached(sql)?.execute(params![scope, key, token.secret().expose(), expires_at]).map(drop)
        }))
    }
}
