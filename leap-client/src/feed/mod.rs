//! The feed of changes: every change of every support request is delivered at least once. The contract stands at
//! [`Changes`].
//!
//! [`source`] delivers what one [poll](poll_once) finds; [`settle`] acknowledges it; [`tracker`] knows what is in
//! flight; [`store`] keeps what a restart has to know.

mod change;
mod file_store;
mod io;
mod job;
mod poll_once;
mod settle;
mod source;
pub(crate) mod store;
mod tracker;

pub use change::{Change, Settled};
pub use file_store::FileChangeStore;
pub use store::{ChangeStore, MemoryChangeStore, PendingAck};

use crate::{
    client::Leap,
    feed::{io::FeedIo, source::Source},
};
use care_client_core::{BoxFuture, Error};
use futures_core::Stream;
use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

/// The time from one poll to the next.
const INTERVAL: Duration = Duration::from_secs(30);
/// Longer than any program runs, and short enough to be added to any time.
const MAX_INTERVAL: Duration = Duration::from_secs(100 * 365 * 86_400);

/// Delivers every change of every support request at least once: a `Stream` of `Result<Change, Error>`. Made by
/// [`Requests::changes`](crate::Requests::changes).
///
/// - At once, and then every 30 s, it lists the unacknowledged requests and delivers each with its history, the least
///   recently updated first.
/// - Handle a [`Change`], then call [`done`](Change::done): it acknowledges the change, and verifies that no other
///   change was acknowledged with it. If one was, it is delivered as a later item.
/// - A change that is [deferred](Change::retry), or dropped because its handler failed, is never acknowledged and is
///   delivered again. It blocks no other change.
/// - An acknowledgement that was in flight when the process ended is checked first when a feed starts over the same
///   [store](ChangeStore), so a crash at any point loses nothing.
/// - **At least once, not exactly once**: after a crash between handling a change and acknowledging it, the change is
///   delivered again. Make your handler idempotent. **What your handler writes to the request is delivered as a late
///   change** (defect [`LEAP-33`](crate::defects)): don't answer that by writing again, or the program answers itself
///   forever.
/// - An `Err` is a failed poll, or a request that can't be read; the feed continues after it. A request that can't be
///   read is reported once, and again when it fails in another way. After a failed poll the feed waits for the
///   interval, or for as long as the server asks to wait, up to a minute.
/// - It ends, after an `Err` that says why, when LEAP refuses it for good: with 401 or 403 before the first success, or
///   with 401, 403 or 404 three times in a row over at least a minute. Otherwise it is endless.
///
/// Only one feed at a time should follow an instance of LEAP, because as far as documented the flags that it reads and
/// clears belong to the instance and not to the client (defect [`LEAP-32`](crate::defects)). A second program can use
/// [`sync_window`](crate::Requests::sync_window), which changes no flags.
///
/// If an acknowledgement gets no answer, its effect is read back as soon as the call has failed, and once more at the
/// next poll. A server that carries it out even later can hide a change; [`sync_window`](crate::Requests::sync_window)
/// finds it.
///
/// The feed works while it is polled for items; a change can be moved to another task and settled there.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().base_url(emulator.url())
/// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
/// # emulator.controller().raise(care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked"))?;
/// use futures_util::StreamExt;
/// use leap_client::MemoryChangeStore;
///
/// let mut changes = leap.requests().changes(MemoryChangeStore::new());
/// while let Some(change) = changes.next().await {
///     match change {
///         Ok(change) => {
///             let request = change.request();
///             println!("{} is {}", request.identifier, request.state);
///             change.done().await?;
/// #           break;
///         }
///         Err(error) => eprintln!("{error}"),
///     }
/// }
/// # Ok(()) }
/// ```
#[must_use = "a feed does nothing until it is polled for items"]
pub struct Changes {
    io: FeedIo,
    interval: Duration,
    step: Step,
}

enum Step {
    NotStarted,
    Resting(Box<Source>),
    Working(BoxFuture<'static, (Box<Source>, Result<Change, Error>)>),
    Ended,
}

impl Changes {
    pub(crate) fn new(leap: &Leap, store: impl ChangeStore + 'static) -> Self {
        let io = FeedIo { pipeline: leap.pipeline.clone(), dialect: leap.dialect, store: Arc::new(store) };
        Self { io, interval: INTERVAL, step: Step::NotStarted }
    }

    /// Sets the time from the beginning of one poll to that of the next. Default: 30 s. It has no effect after the
    /// first item.
    pub fn with_interval(mut self, interval: Duration) -> Self {
        self.interval = interval.min(MAX_INTERVAL);
        self
    }
}

impl Stream for Changes {
    type Item = Result<Change, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let mut source = match std::mem::replace(&mut this.step, Step::Ended) {
                Step::Ended => return Poll::Ready(None),
                Step::NotStarted => Box::new(Source::new(this.io.clone(), this.interval)),
                Step::Resting(source) => source,
                Step::Working(mut work) => {
                    let polled = work.as_mut().poll(cx);
                    if polled.is_pending() {
                        this.step = Step::Working(work);
                    }
                    let (source, item) = ready!(polled);
                    if !source.has_ended() {
                        this.step = Step::Resting(source);
                    }
                    return Poll::Ready(Some(item));
                }
            };
            this.step = Step::Working(Box::pin(async move {
                let item = source.next().await;
                (source, item)
            }));
        }
    }
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").field("interval", &self.interval).field("io", &self.io).finish()
    }
}
