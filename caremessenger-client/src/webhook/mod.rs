//! Receives requests for help, and never drops one.
//!
//! When a resident asks for help, CareMessenger posts to the URLs of the provider's webhooks. It takes 200 and 201 as
//! an acknowledgement; without one it repeats the post with growing pauses for five minutes, and then **nothing else
//! happens**: nobody else is told. No document says how long the pauses are (defect [`CARE-31`](crate::defects)); if
//! they double, the last attempt can come when half of the time isn't over, so a receiver that is away for three
//! minutes can lose a call. So a receiver must keep what came before it answers, and must answer exactly so. This
//! module is the crate [`care_webhook`](https://docs.rs/care-webhook), with what CareMessenger's documents say:
//! [`receiver`] begins one.
//!
//! ```
//! # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::env::temp_dir().join(format!("caremessenger-webhook-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! # let path = folder.join("calls.jsonl");
//! # let stop = async {};
//! use caremessenger_client::webhook::{self, FileJournal};
//! use tokio::net::TcpListener;
//!
//! let journal = FileJournal::open(&path)?;
//! let receiver = webhook::receiver(journal.clone())
//!     .notifier("duty desk", "3f9d2c51b7e04a68") // the last segment of the registered URL
//!     .on_failure(|error| eprintln!("a call for help is not stored, or lacks its mark: {error}"))
//!     .build()?;
//! receiver.remember_journal(&journal).await?; // so that repetitions of what is there are marked
//! receiver.serve(TcpListener::bind("127.0.0.1:0").await?).with_shutdown(stop).await;
//! # std::fs::remove_dir_all(folder)?;
//! # Ok(()) }
//! ```
//!
//! # What is promised
//!
//! - **First stored, then answered.** The answer is 200 (or 201, by
//!   [`answer_created`](ReceiverBuilder::answer_created)) only after [`Sink::store`] has succeeded. A sink that fails,
//!   panics or takes too long is answered 503, so that the post is repeated. No document says whether it is repeated
//!   after a 503 (defect [`CARE-32`](crate::defects)), but an acknowledgement would surely end it.
//! - **Nothing is dropped for being a duplicate.** A post that looks like one of the last ten minutes is stored with a
//!   mark: [`Duplicate`]. Only [`ReceiverBuilder::suppress`] drops them.
//! - **Whatever the body is, it is a call for help**: no document shows one (defect [`CARE-28`](crate::defects)), so it
//!   is kept as it came, and [`json`](Notification::json) reads it if it can be read.
//!
//! # Who may post
//!
//! No signature is documented (defect [`CARE-29`](crate::defects)). The URL is yours to choose, so its last segment is
//! a long random secret, one for each notifier, such as `openssl rand -hex 32` prints: nothing else tells which
//! notifier was called (defect [`CARE-33`](crate::defects)). Register `https://your-host/any/path/<secret>` by
//! [`NewAssistanceProvider::webhook`](crate::NewAssistanceProvider::webhook). The secret is compared in constant time,
//! and a notifier can have several at once, to change them without a gap: [`Receiver::replace_secrets`]. URLs do get
//! into the logs of proxies, so this is weaker than a signature. A [`Verifier`] checks what else your network adds.
//! Whoever has a valid secret may be a resident who calls for help: if such a post isn't stored, for whatever reason,
//! [`on_failure`](ReceiverBuilder::on_failure) reports it.
//!
//! # Duplicates
//!
//! No document names anything that tells a repetition from a second call (defect [`CARE-30`](crate::defects)): the same
//! bytes within ten minutes are [`Duplicate::Probable`]. Once you have seen that bodies have an id, name it by
//! [`id_pointer`](ReceiverBuilder::id_pointer).
//!
//! # After the answer
//!
//! Act on what the sink has, not in the sink: no document says how long CareMessenger waits for an answer (defect
//! [`CARE-31`](crate::defects)).

#[doc(inline)]
pub use care_webhook::{
    DamagedLine, DedupeKey, DedupeStore, Duplicate, FileJournal, FileJournalBuilder, JournalContent, JournalEntry,
    JournalReader, JournalStream, MemoryDedupeStore, MemorySink, Notification, Pointers, Receiver, ReceiverBuilder,
    SecretInPath, Serve, Service, Sink, Suppress, Verifier,
};

use std::time::Duration;

/// Repetitions end after five minutes; clocks differ, and a slow attempt may come late.
const WINDOW: Duration = Duration::from_secs(600);

/// Begins a receiver of CareMessenger's posts, which keeps them in this sink: the secret is the last segment of the
/// URL, deduplication looks back ten minutes, and the answer is 200.
pub fn receiver(sink: impl Sink + 'static) -> ReceiverBuilder {
    Receiver::builder(SecretInPath::new().with_dedupe_window(WINDOW), sink)
}
