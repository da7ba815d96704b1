#![doc = include_str!("../README.md")]
//!
//! # Where to look
//!
//! - [`Receiver`] and its [builder](ReceiverBuilder); [`Receiver::serve`] and [`Serve`]: the server, and proxies.
//! - [`Service`], [`SecretInPath`], [`SecretInHeader`]: which service posts. [`Verifier`]: a further check.
//! - [`Sink`], [`FileJournal`], [`MemorySink`]: where posts are kept.
//! - [`JournalReader`], [`JournalStream`]: reading a journal.
//! - [`Notification`], [`Duplicate`], [`Pointers`]: a post as it is kept.
//! - [`DedupeStore`], [`MemoryDedupeStore`]: which posts were stored.

#[cfg(feature = "axum")]
mod axum;
mod dedupe;
mod journal;
mod notification;
mod receiver;
mod secrets;
mod server;
mod service;
mod sink;

pub use dedupe::{DedupeKey, DedupeStore, MemoryDedupeStore};
pub use journal::{
    DamagedLine, FileJournal, FileJournalBuilder, JournalContent, JournalEntry, JournalReader, JournalStream,
};
pub use notification::{Duplicate, Notification, Pointers};
pub use receiver::{Receiver, ReceiverBuilder, Suppress};
pub use server::Serve;
pub use service::{SecretInHeader, SecretInPath, Service, Verifier};
pub use sink::{MemorySink, Sink};

#[doc(inline)]
pub use care_client_core::{BoxFuture, Error, Kind, Personal, Secret, StoreError};
