#![doc = include_str!("../README.md")]

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
