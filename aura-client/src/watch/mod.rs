//! Following one callout until it is closed.

mod change_detector;
mod poll;

use crate::{
    callouts::{Callout, CalloutEvent, CalloutSummary, GetCallout},
    ids::{CalloutEventId, CalloutId},
    pace::Pace,
};
use care_client_core::{Error, Pipeline, PollMember, workflow::Refusals};
use change_detector::ChangeDetector;
use poll::State;
use std::{collections::VecDeque, fmt, ops::RangeBounds, time::Duration};
use tokio::time::sleep;

/// Follows one callout: a `Stream` of `Result<CalloutUpdate, Error>`. Made by
/// [`Callouts::watch`](crate::Callouts::watch).
///
/// - It polls every 10 to 20 s, as AURA recommends, at a random moment of that range.
/// - It yields the callout at the first poll, whenever something changed that a person would want to know, and after
///   each outage.
/// - It ends when the callout is closed; or with an error item when AURA refuses for good: 401 or 403 at once if no
///   call with these credentials has ever succeeded, otherwise 401, 403 or 404 after three in a row over at least a
///   minute. Until then a refusal yields [`CalloutUpdate::Refused`] once, and polling continues: a gateway or a restart
///   can cause one.
/// - **Every other failure is transient**: connections, timeouts, server errors, pages of HTML whatever their status,
///   unreadable answers, and answers about another callout. An outage yields [`CalloutUpdate::Delayed`] once, and
///   polling continues. Id and status of an answer that can't be read still count: a new status is yielded, and
///   `closed` ends the watch if the next answer agrees.
///
/// A callout that is no longer [active for the user](crate::CalloutStatus::is_active_for_user) is still followed:
/// polling may stop only at `closed`.
///
/// At most 16 watchers of one transport poll at a time, and watchers that start together spread their first polls over
/// one interval, so that a thousand of them share a few connections. A watcher starts a poll only when it is itself
/// polled for items; between polls it is a timer, without a thread or task.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use aura_client::{Aura, Fix, NewCallout, NewCustomer};
/// # let step = std::time::Duration::from_millis(20);
/// # let emulator = care_emulators::aura::Emulator::builder().autoplay(step).start().await?;
/// # let token = emulator.issue_user_token("id_1@example.com");
/// # let aura = Aura::builder().base_url(emulator.url()).user_token(token).build()?;
/// # let customer = NewCustomer::new("Alex", "Example", "+12025550103");
/// # let new = NewCallout::new(customer, Fix::new(-26.1, 28.05));
/// # let id = aura.callouts().create(new).await?.id;
/// use aura_client::CalloutUpdate;
/// use futures_util::TryStreamExt;
/// use std::time::Duration;
///
/// let mut updates = aura.callouts().watch(id).include_events();
/// # let fast = Duration::from_millis(5)..=Duration::from_millis(10);
/// # let mut updates = updates.with_interval(fast);
/// while let Some(update) = updates.try_next().await? {
///     match update {
///         CalloutUpdate::Changed(callout) => println!("{}", callout.status),
///         CalloutUpdate::Message(event) => println!("{:?}: {:?}", event.role(), event.body()),
///         CalloutUpdate::Delayed(error) => println!("no update for the moment: {error}"),
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
    refusals: Refusals,
    trouble: Option<Trouble>,
    /// Whether an answer that can't be read said `closed`: the next one must agree.
    may_be_closed: bool,
}

/// What the polls meet at the moment, as it was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Outage,
    Refused,
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
            refusals: Refusals::default(),
            trouble: None,
            may_be_closed: false,
        }
    }

    /// Sets how long to wait between polls: each wait is drawn from this range. Default: the builder's
    /// [`poll_interval`](crate::AuraBuilder::poll_interval), which is 10 to 20 s, as AURA recommends.
    pub fn with_interval(mut self, range: impl RangeBounds<Duration>) -> Self {
        self.pace = Pace::from_range(range);
        self
    }

    /// Reads the events too, and yields each new or changed one as [`CalloutUpdate::Message`].
    pub fn include_events(mut self) -> Self {
        self.get = self.get.include_events();
        self
    }

    /// Reads the responder's route too: [`Callout::route`].
    pub fn include_route(mut self) -> Self {
        self.get = self.get.include_route();
        self
    }

    /// Doesn't yield events up to this one.
    pub fn after_event(mut self, last: impl Into<CalloutEventId>) -> Self {
        self.changes.assume_reported_up_to(last.into());
        self
    }

    /// Treats this state of the callout as reported, and waits one interval before the first poll.
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
            .field("trouble", &self.trouble)
            .finish_non_exhaustive()
    }
}

/// An update of a callout, from a [`Watch`](crate::Watch) or a [`CalloutSession`](crate::CalloutSession).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum CalloutUpdate {
    /// The callout in short, as last seen: the first item of a session's [`updates`](crate::CalloutSession::updates),
    /// if there was an answer before. A [`Watch`](crate::Watch) never yields it.
    Summary(Box<CalloutSummary>),
    /// Something changed that a person would want to know: status, verification, responder or company, time of arrival,
    /// responder's position. It also comes at the first poll, after the messages so far, and after an
    /// outage. Has the callout as it is now.
    Changed(Box<Callout>),
    /// A message that is new, or has a new date of change; the user's own comments come too. Only with
    /// [`include_events`](Watch::include_events).
    #[doc(alias = "Said")]
    Message(CalloutEvent),
    /// Polls fail for the moment. Comes once for each outage; polling continues.
    Delayed(Error),
    /// AURA refuses polls: it doesn't accept the credentials any more (401), forbids the callout (403) or doesn't know
    /// it (404). Comes once for each row of refusals. Polling continues, and ends with the error if it goes on for more
    /// than a minute: renew the credentials, or let somebody phone the control room.
    Refused(Error),
}
