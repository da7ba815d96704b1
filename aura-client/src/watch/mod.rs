//! Following one callout until it is closed.

mod change_detector;
mod task;
mod update;

pub use update::CalloutUpdate;
pub(crate) use update::is_final;

use crate::{
    Callout, GetCallout,
    ids::{CalloutEventId, CalloutId},
    pace::Pace,
};
use care_client_core::{Error, Pipeline, PollMember, RetryPolicy};
use change_detector::ChangeDetector;
use futures_core::Stream;
use std::{
    collections::VecDeque,
    fmt,
    future::{Future, IntoFuture},
    ops::RangeBounds,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use task::Task;
use tokio::time::{Sleep, sleep};

/// However long a server that is down asks to wait, a callout is looked at again after this.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Follows one callout: a `Stream` of `Result<CalloutUpdate, Error>`. Made by [`Callouts::watch`](crate::Callouts::watch).
///
/// - It polls every 10 to 20 s, as AURA recommends, at a random moment of that range.
/// - It yields the callout at the first poll, whenever something in it changed that a person would want to know, and after
///   each outage.
/// - It ends when the callout is closed; or with an error item on 404, on 401 or 403 after renewal, and without credentials.
/// - **Every other failure is passing**: connections, timeouts, server errors, pages of HTML and answers that can't be read.
///   An outage yields [`CalloutUpdate::Delayed`] once, and polling goes on. Of an answer that can't be read in full, id and
///   status count all the same: a new status is yielded, and `closed` ends it.
///
/// A callout that is no longer [active for the user](crate::CalloutStatus::is_active_for_user) is followed on: polling may
/// stop only at `closed`.
///
/// All watchers over one transport pass a gate of 16 polls at a time, and those who start together spread their first polls
/// over one interval, so that a thousand of them share a few connections. A watcher begins a poll only when it is itself
/// polled for items; between polls it is a timer, and no thread or task.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use aura_client::{Aura, Fix, NewCallout, NewCustomer};
/// # let emulator = care_emulators::aura::Emulator::builder().autoplay(std::time::Duration::from_millis(20)).start().await?;
/// # let aura = Aura::builder().base_url(emulator.url()).user_token(emulator.issue_user_token("id_1@example.com")).build()?;
/// # let new = NewCallout::new(NewCustomer::new("Alex", "Example", "+12025550103"), Fix::new(-26.1, 28.05));
/// # let id = aura.callouts().create(new).await?.id;
/// use aura_client::CalloutUpdate;
/// use futures_util::TryStreamExt;
/// use std::time::Duration;
///
/// let mut updates = aura.callouts().watch(id).include_events();
/// # let mut updates = updates.with_interval(Duration::from_millis(5)..=Duration::from_millis(10));
/// while let Some(update) = updates.try_next().await? {
///     match update {
///         CalloutUpdate::Changed(callout) => println!("{}", callout.status),
///         CalloutUpdate::Said(event) => println!("{:?}: {:?}", event.role(), event.body()),
///         CalloutUpdate::Delayed(error) => println!("no news for the moment: {error}"),
///         _ => {}
///     }
/// }
/// // closed
/// # Ok(()) }
/// ```
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Callout Polling",
/// <https://docs.aura.services/integration-guidelines.html>.
#[must_use = "a watch does nothing until it is polled for items"]
pub struct Watch {
    pipeline: Pipeline,
    get: GetCallout,
    pace: Pace,
    state: State,
    changes: ChangeDetector,
    ready: VecDeque<Result<CalloutUpdate, Error>>,
    member: Option<PollMember>,
    outage: bool,
}

enum State {
    /// Not polled for items yet.
    New,
    Waiting(Pin<Box<Sleep>>),
    Polling(Task<Result<Callout, Error>>),
    Ended,
}

impl Watch {
    pub(crate) fn new(pipeline: Pipeline, id: CalloutId, pace: Pace) -> Self {
        Self {
            pipeline,
            get: GetCallout::new(id),
            pace,
            state: State::New,
            changes: ChangeDetector::default(),
            ready: VecDeque::new(),
            member: None,
            outage: false,
        }
    }

    /// Sets how long to wait between two polls: each wait is drawn from this range. Default: 10 to 20 s, as AURA recommends,
    /// or what [`poll_interval`](crate::AuraBuilder::poll_interval) says.
    pub fn with_interval(mut self, range: impl RangeBounds<Duration>) -> Self {
        self.pace = Pace::from_range(range);
        self
    }

    /// Asks for the events too, and yields each new or changed one as [`CalloutUpdate::Said`].
    pub fn include_events(mut self) -> Self {
        self.get = self.get.include_events();
        self
    }

    /// Asks for the responder's route too: [`Callout::route`].
    pub fn include_route(mut self) -> Self {
        self.get = self.get.include_route();
        self
    }

    /// Takes the events up to this one as known.
    pub fn after_event(mut self, last: impl Into<CalloutEventId>) -> Self {
        self.changes.assume_reported_up_to(last.into());
        self
    }

    /// Takes this state of the callout as known, and waits one interval before the first poll.
    pub(crate) fn knowing(mut self, callout: &Callout) -> Self {
        self.changes.has_changed(callout);
        self.state = State::Waiting(Box::pin(sleep(self.pace.next())));
        self.member = Some(self.pipeline.poll_gate().join());
        self
    }

    /// The callout that is followed.
    #[must_use]
    pub fn callout_id(&self) -> CalloutId {
        self.get.id()
    }

    fn first_wait(&mut self) -> State {
        let member = self.member.insert(self.pipeline.poll_gate().join());
        let wait = self.pace.first(member.first_spread());
        if wait.is_zero() { self.poll_once() } else { State::Waiting(Box::pin(sleep(wait))) }
    }

    fn poll_once(&self) -> State {
        // A poll that fails is followed by the next one; repeats would use up the budget of the calls that matter more.
        let call = self.pipeline.call(self.get).with_retry(RetryPolicy::never());
        let gate = self.pipeline.poll_gate().clone();
        State::Polling(Task::run(async move { gate.pass(call.into_future()).await }))
    }

    fn take(&mut self, answer: Result<Callout, Error>) -> State {
        let mut wait = self.pace.next();
        match answer {
            Ok(callout) => {
                if self.get.wants_events() {
                    let said = callout.events.iter().filter(|event| self.changes.is_new_event(event)).cloned();
                    self.ready.extend(said.map(|event| Ok(CalloutUpdate::Said(event))));
                }
                let recovered = std::mem::take(&mut self.outage);
                let closed = callout.status.is_closed();
                if self.changes.has_changed(&callout) || recovered || closed {
                    self.ready.push_back(Ok(CalloutUpdate::Changed(Box::new(callout))));
                }
                if closed {
                    return State::Ended;
                }
            }
            Err(error) if is_final(&error) => {
                self.ready.push_back(Err(error));
                return State::Ended;
            }
            Err(error) => {
                // That it was closed must get through, whatever else in the answer can't be read.
                if let Some(callout) =
                    Callout::readable_part(&error).filter(|callout| self.changes.has_new_status(callout))
                {
                    let closed = callout.status.is_closed();
                    self.ready.push_back(Ok(CalloutUpdate::Changed(Box::new(callout))));
                    if closed {
                        return State::Ended;
                    }
                }
                wait = wait.max(error.retry_after().unwrap_or_default().min(LONGEST_WAIT));
                if !std::mem::replace(&mut self.outage, true) {
                    self.ready.push_back(Ok(CalloutUpdate::Delayed(error)));
                }
            }
        }
        State::Waiting(Box::pin(sleep(wait)))
    }
}

impl Stream for Watch {
    type Item = Result<CalloutUpdate, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let me = self.get_mut();
        loop {
            if let Some(item) = me.ready.pop_front() {
                // Room for items would be half of what a watcher takes, and most of them wait.
                me.ready.shrink_to_fit();
                return Poll::Ready(Some(item));
            }
            me.state = match &mut me.state {
                State::New => me.first_wait(),
                State::Waiting(wait) => {
                    ready!(wait.as_mut().poll(cx));
                    me.poll_once()
                }
                State::Polling(call) => {
                    let broken = || Err(Error::unknown("the task that polls the callout broke off"));
                    let answer = ready!(Pin::new(call).poll(cx)).unwrap_or_else(broken);
                    me.take(answer)
                }
                State::Ended => {
                    me.member = None;
                    return Poll::Ready(None);
                }
            };
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::New => "new",
            State::Waiting(_) => "waiting",
            State::Polling(_) => "polling",
            State::Ended => "ended",
        };
        f.debug_struct("Watch")
            .field("callout", &self.get.id())
            .field("state", &state)
            .field("outage", &self.outage)
            .finish_non_exhaustive()
    }
}
