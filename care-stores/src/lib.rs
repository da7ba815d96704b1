#![cfg_attr(feature = "sqlite", doc = include_str!("../README.md"))]
//!
//! # Where to look
//!
//! - [`SqliteStores`]: one file for everything, with the stores of each crate as handles on it.
//! - [`Forgotten`] and [`Imported`]: what forgetting removed and kept, and what was taken over from files.

mod forgotten;
mod imported;

#[cfg(feature = "sqlite")]
mod sqlite;

pub use forgotten::Forgotten;
pub use imported::Imported;
#[cfg(all(feature = "sqlite", feature = "leap"))]
pub use sqlite::SqliteChanges;
#[cfg(all(feature = "sqlite", feature = "aura"))]
pub use sqlite::SqliteSessions;
#[cfg(all(feature = "sqlite", feature = "webhook"))]
pub use sqlite::{CallId, SqliteCalls, SqliteMarks, StoredCall};
#[cfg(feature = "sqlite")]
pub use sqlite::{SqliteStores, SqliteTokens};

#[doc(inline)]
pub use care_client_core::{BoxFuture, StoreError};
