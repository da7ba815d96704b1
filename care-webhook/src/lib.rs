//! Receives requests for help, and never drops one.
//!
//! When a resident asks for help, CareMessenger posts to the URLs of the provider's webhooks. It takes 200 and 201 as an
//! acknowledgement; without one it repeats the post with growing pauses for five minutes, and then **nothing else happens**: nobody
//! else is told. How long the pauses are, no document says (defect [`CARE-31`](crate::defects)); if they double, the last attempt can
//! come when half of the time isn't over, so a receiver that is away for three minutes can lose a call. So a receiver must keep what
//! came before it answers, and must answer exactly so. A [`Receiver`] does, in any web framework:
//!
//! ```
//! # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::env::temp_dir().join(format!("caremessenger-webhook-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! # let path = folder.join("calls.jsonl");
//! use bytes::Bytes;
//! use care_webhook::{FileJournal, Receiver};
//! use http::{Request, StatusCode};
//!
//! let journal = FileJournal::open(&path)?;
//! let receiver = Receiver::builder(journal.clone())
//!     .notifier("duty desk", "3f9d2c51b7e04a68") // the last segment of the URL that was registered
//!     .build()?;
//!
//! // Whatever your web framework hands you as a request:
//! let request = Request::post("/care/3f9d2c51b7e04a68").body(Bytes::from(r#"{"resident": 7}"#))?;
//! let answer = receiver.handle(request).await;
//! assert_eq!(answer.status(), StatusCode::OK); // by now the disk has it
//!
//! for notification in journal.read().await?.notifications {
//!     println!("{} calls, {} bytes", notification.notifier, notification.body.len());
//! }
//! # std::fs::remove_dir_all(folder)?;
//! # Ok(()) }
//! ```
//!
//! # What is promised
//!
//! - **First stored, then answered.** The answer is 200 (or 201, if you say so) only after [`Sink::store`] has succeeded. A sink that
//!   fails, panics or takes too long is answered 503, so that the post is repeated; whether it is after a 503, no document says (defect
//!   [`CARE-32`](crate::defects)), but an acknowledgement would surely end it.
//! - **Nothing is dropped for being a duplicate.** A post that looks like an earlier one is stored with a mark: [`Duplicate`]. Only who
//!   asks for it by [`ReceiverBuilder::suppress`] loses them.
//! - **Whatever the body is, it is a call for help**: no document shows one (defect [`CARE-28`](crate::defects)), so it is kept as it came,
//!   and [`json`](Notification::json) reads it if it can be read.
//!
//! # Who may post
//!
//! No signature is documented (defect [`CARE-29`](crate::defects)). The URL is yours to choose, so its last segment is a long random
//! secret, one for each notifier, such as `openssl rand -hex 32` prints. It is compared in constant time, and a notifier can have
//! several at once, to change them without a gap: [`Receiver::replace_secrets`]. URLs do get into the logs of proxies, so this is weaker
//! than a signature. A [`Verifier`] checks what else your network adds. Whoever has a valid secret may be a resident who calls for help: if
//! such a post isn't stored, for whatever reason, [`on_failure`](ReceiverBuilder::on_failure) is told.
//!
//! # After the answer
//!
//! Act on what the sink has, not in the sink: how long CareMessenger waits for an answer, no document says (defect
//! [`CARE-31`](crate::defects)).

mod admission;
#[cfg(feature = "axum")]
mod axum;
mod builder;
mod caught;
mod dedupe;
mod duplicate;
mod in_flight;
mod journal;
mod memory_dedupe;
mod memory_sink;
mod notification;
mod pointers;
mod receiver;
mod refusal;
mod secrets;
mod sink;
mod stored;
mod verifier;

pub use builder::{ReceiverBuilder, Suppress};
pub use dedupe::{DedupeKey, DedupeStore};
pub use duplicate::Duplicate;
pub use journal::{DamagedLine, FileJournal, JournalContent};
pub use memory_dedupe::MemoryDedupeStore;
pub use memory_sink::MemorySink;
pub use notification::Notification;
pub use pointers::Pointers;
pub use receiver::Receiver;
pub use sink::Sink;
pub use verifier::Verifier;
