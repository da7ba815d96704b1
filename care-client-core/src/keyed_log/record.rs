use serde::{Deserializer, Serialize, de::DeserializeOwned};

/// What a [`KeyedLog`](crate::KeyedLog) keeps.
pub trait Record: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What the records are, in the plural, for error messages and the head of the file: `sessions`.
    const CONTENT: &'static str;

    /// The key: a save replaces the record that has the same one.
    fn key(&self) -> &str;

    /// Reads a file of the first format, one JSON document.
    ///
    /// # Errors
    ///
    /// If it is no such file.
    fn read_first_format<'de, D: Deserializer<'de>>(document: D) -> Result<Vec<Self>, D::Error>;
}
