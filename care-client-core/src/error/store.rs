//! The error of stores: of tokens, of sessions, of state files.

use super::Error;
use std::error::Error as StdError;

/// The error of a store, such as a [`TokenStore`](crate::TokenStore) of yours. Its text is shown in error reports, so
/// it must hold no secret and no personal data.
///
/// Text and I/O errors become one by `into()` and `?`, any other error by [`new`](Self::new).
///
/// ```
/// use care_client_core::StoreError;
///
/// fn read() -> Result<Vec<u8>, StoreError> {
///     let bytes = std::fs::read("no/such/file")?;
///     let text = std::str::from_utf8(&bytes).map_err(StoreError::new)?;
///     if text.is_empty() { Err("the file is empty".into()) } else { Ok(bytes) }
/// }
/// assert!(read().is_err());
/// ```
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StoreError(Box<dyn StdError + Send + Sync>);

impl StoreError {
    /// Makes a store error from any error or text.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(error.into())
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        Self::new(error)
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        Self::new(error)
    }
}

impl From<String> for StoreError {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for StoreError {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// A store that fails where a call needs it: kind [`Config`](crate::Kind::Config), nothing sent.
impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let text = error.to_string();
        Self::config(text)
    }
}
