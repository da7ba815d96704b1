use std::{error::Error as StdError, fmt};

/// What a store of yours fails with. Its text is shown in error reports, so it must hold no secret and no personal data.
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
#[derive(Debug)]
pub struct StoreError(Box<dyn StdError + Send + Sync>);

impl StoreError {
    /// Makes one of any error or text.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        Self::new(error)
    }
}

impl From<crate::Error> for StoreError {
    fn from(error: crate::Error) -> Self {
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
impl From<StoreError> for crate::Error {
    fn from(error: StoreError) -> Self {
        let text = error.to_string();
        Self::config(text)
    }
}
