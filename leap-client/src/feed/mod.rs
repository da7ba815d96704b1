//! The feed of changes: every change is delivered at least once.

mod change;
mod file_store;
mod io;
mod poll_once;
mod settle;
mod source;
pub(crate) mod store;
mod tracker;

pub use change::{Change, Settled};
pub use file_store::FileChangeStore;
pub use store::{ChangeStore, MemoryChangeStore, PendingAck};

use self::io::FeedIo;
use self::source::Source;
use crate::client::Leap;
use care_client_core::{BoxFuture, Error};
use futures_core::Stream;
use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

/// The time from one pass to the next.
const INTERVAL: Duration = Duration::from_secs(30);
/// Longer than any program runs, and short enough to be added to any time.
const LONGEST_INTERVAL: Duration = Duration::from_secs(100 * 365 * 86_400);

/// Delivers every change of every support request at least once: an endless `Stream` of `Result<Change, Error>`. Made by
/// [`Requests::changes`](crate::Requests::changes).
///
/// - At once, and then every 30 s, it lists what isn't acknowledged, and hands each request out with its history, the one that
///   waits longest first.
/// - Deal with a [`Change`], then call [`done`](Change::done): that acknowledges it and verifies that no other change was
///   acknowledged along with it. One that was comes as a later item.
/// - A change that is [left](Change::retry), or dropped because its handler failed, is never acknowledged and comes again.
///   It holds up no other.
/// - What was being acknowledged when the process ended is looked at first when it starts again over the same
///   [store](ChangeStore). So a crash at any point loses nothing.
/// - **At least once, not exactly once**: a crash after you dealt with a change and before it was acknowledged delivers it
///   again. Let dealing with it twice do no harm. **What you write to a request while
///   you deal with its change comes back as a late change** (defect [`LEAP-33`](crate::defects)): don't answer that by writing
///   again, or you answer yourself for ever.
/// - An `Err` is a failed pass, or a request that can't be read; the feed goes on after it. A request that can't be read is
///   told once, and again when it fails in another way.
///
/// One feed at a time should follow an instance of LEAP: the flags that it reads and clears are the instance's, as far as the
/// documents say (defect [`LEAP-32`](crate::defects)). A second program can use
/// [`sync_window`](crate::Requests::sync_window), which touches no flags.
///
/// Where no answer to an acknowledgement comes, its effect is looked for as soon as the wait for it is over, and at the next pass
/// once more. A server that carries it out even later can swallow a change with it;
/// [`sync_window`](crate::Requests::sync_window) finds that one.
///
/// The feed works while it is polled for items; a change can be settled wherever it was taken to.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().root(emulator.url())
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
}

impl Changes {
    pub(crate) fn new(leap: &Leap, store: impl ChangeStore + 'static) -> Self {
        let io = FeedIo { pipeline: leap.pipeline.clone(), dialect: leap.dialect, store: Arc::new(store) };
        Self { io, interval: INTERVAL, step: Step::NotStarted }
    }

    /// Sets the time from the beginning of one pass to that of the next. Default: 30 s. It counts before the first item only.
    pub fn with_interval(mut self, interval: Duration) -> Self {
        self.interval = interval.min(LONGEST_INTERVAL);
        self
    }
}

impl Stream for Changes {
    type Item = Result<Change, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let mut source = match std::mem::replace(&mut this.step, Step::NotStarted) {
                Step::NotStarted => Box::new(Source::new(this.io.clone(), this.interval)),
                Step::Resting(source) => source,
                Step::Working(mut work) => {
                    let polled = work.as_mut().poll(cx);
                    if polled.is_pending() {
                        this.step = Step::Working(work);
                    }
                    let (source, item) = ready!(polled);
                    this.step = Step::Resting(source);
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
