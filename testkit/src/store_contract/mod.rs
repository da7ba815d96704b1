//! What must hold for every store, whatever it keeps and wherever: one suite in levels, from a table of one
//! [`Backend`] each.
//!
//! | level | what holds | for |
//! |---|---|---|
//! | [`values`] | what was saved last is read, 10,000 records too, also through a second opening | all |
//! | [`crash`] | each save that has returned outlives `kill -9` at any moment | what outlives the process |
//! | [`processes`] | several write at once and nothing is lost; or the second one is refused | engines; files |
//!
//! A test binary that checks the upper levels has a test that calls [`child`]: it does nothing unless one of these
//! starts the binary once more, as a program that may be killed.

pub mod crash;
mod process;
pub mod processes;
pub mod values;

pub use process::child;

use care_client_core::BoxFuture;
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

/// A store seen as numbers by key: a test's adapter to what the store really keeps.
pub trait Subject: Send + Sync {
    /// Saves a version under the key.
    fn put(&self, key: u32, version: u32) -> BoxFuture<'_, Result<(), String>>;

    /// The newest versions of these keys, as far as there are any.
    fn read(&self, keys: Vec<u32>) -> BoxFuture<'_, Result<BTreeMap<u32, u32>, String>>;
}

/// How many processes may have a store open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// It dies with its process.
    Memory,
    /// One: a second one is refused.
    OneProcess,
    /// Nobody refuses a second one, and nothing is promised.
    Unguarded,
    /// Any number.
    Processes,
}

/// Opens the store whose file, or name, is at a path.
pub type Open = fn(PathBuf) -> BoxFuture<'static, Result<Arc<dyn Subject>, String>>;

/// A store under test.
#[derive(Clone, Copy)]
pub struct Backend {
    /// Its name, such as `sessions in SQLite`.
    pub name: &'static str,
    /// Who may have it open.
    pub sharing: Sharing,
    /// Opens it.
    pub open: Open,
}

impl std::fmt::Debug for Backend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Backend").field("name", &self.name).field("sharing", &self.sharing).finish_non_exhaustive()
    }
}
