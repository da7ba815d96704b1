//! Reads what was updated in a window of time, without changing a flag. The contract stands at [`SyncWindow`].
//!
//! [`windows`] decides which smaller windows to ask for; [`page_size`] knows whether a page is all there is.

mod page_size;
mod parts;
mod synced;
mod unsplittable;
mod windows;

pub use parts::SyncParts;
pub use synced::Synced;

use crate::{
    requests::{
        list::ListRequests,
        model::SupportRequest,
        scope::{All, Scope},
    },
    workflows::sync_window::windows::Windows,
};
use care_client_core::{Endpoint, Error, Pipeline, workflow::impl_into_future};
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

/// How far the clocks of client and server may differ.
const CLOCK_SKEW: TimeDelta = TimeDelta::seconds(60);

/// Reads all support requests that were last updated in a window of time, `[from, to)`. Made by
/// [`Requests::sync_window`](crate::Requests::sync_window).
///
/// It changes no flags, so any number of programs can use it at the same time, also beside
/// [`changes`](crate::Requests::changes). Call it with the [checkpoint](Synced::checkpoint) of the previous call, and
/// save the new checkpoint once you have handled the requests.
///
/// It is read in smaller windows, each of which fits one page: their size follows from how many requests the last ones
/// had. No offset is used, because a list that moves while it is read would lose requests (defect
/// [`LEAP-41`](crate::defects)), except in two cases: to see that a short page was the whole list, since a server may
/// give fewer rows than asked for, and to read a millisecond with more than a page. A request that is updated meanwhile
/// belongs to the next window.
///
/// [`parts`](Self::parts) reads it part by part.
///
/// | setting | default |
/// |---|---|
/// | `from` | no lower limit |
/// | `to` | a minute ago, which allows for clock skew |
/// | [`with_overlap`](Self::with_overlap) | 5 s |
/// | [`with_list`](Self::with_list) | all requests |
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().base_url(emulator.url())
/// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
/// # emulator.controller().raise(care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked"))?;
/// use chrono::Utc;
///
/// let first = leap.requests().sync_window(None, Utc::now()).await?;
/// println!("{} requests so far", first.requests.len());
/// # assert_eq!(first.requests.len(), 1);
/// # let now = Utc::now() + chrono::TimeDelta::seconds(1);
/// let news = leap.requests().sync_window(first.checkpoint, None).await;
/// # let news = leap.requests().sync_window(first.checkpoint, now).await;
/// println!("{} since then", news?.requests.len());
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// [`Kind::Request`](crate::Kind::Request) if the window is empty, otherwise those of [`list`](crate::Requests::list).
/// [`Kind::Paging`](crate::Kind::Paging) if the server ignores the times or the offset of a list, or if more than 100
/// requests were updated in one millisecond and their list keeps moving. No checkpoint is given then.
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
pub struct SyncWindow<S = All> {
    pipeline: Pipeline,
    list: ListRequests<S>,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    overlap: Duration,
}

impl SyncWindow {
    pub(super) fn new(pipeline: Pipeline, from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Self {
        Self { pipeline, list: ListRequests::new(), from, to, overlap: Duration::from_secs(5) }
    }
}

impl<S: Scope> SyncWindow<S> {
    /// Reads only the requests of this list: those of a topic or in a state, acknowledged or not. The list's own
    /// window, limit and offset are ignored. Default: all requests.
    #[doc(alias = "within")]
    pub fn with_list<T: Scope>(self, list: ListRequests<T>) -> SyncWindow<T> {
        let Self { pipeline, from, to, overlap, .. } = self;
        SyncWindow { pipeline, list, from, to, overlap }
    }

    /// Sets how much earlier than `from` the window begins, for updates that show late. Requests in the overlap are
    /// found again. Default: 5 s.
    pub fn with_overlap(mut self, overlap: Duration) -> Self {
        self.overlap = overlap;
        self
    }

    /// Reads the window in parts, the earliest first: for windows that are too large to be held, and for programs that
    /// save their checkpoint as they go. Each part has at most as many requests as a page, or as were updated in one
    /// millisecond.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::leap::Emulator::start().await?;
    /// # let leap = leap_client::Leap::builder().base_url(emulator.url())
    /// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
    /// # emulator.controller().raise(care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked"))?;
    /// use futures_util::TryStreamExt;
    ///
    /// # let now = chrono::Utc::now() + chrono::TimeDelta::seconds(1);
    /// let mut parts = leap.requests().sync_window(None, now).parts();
    /// while let Some(part) = parts.try_next().await? {
    ///     println!("{} requests, complete until {}", part.requests.len(), part.checkpoint);
    /// }
    /// # Ok(()) }
    /// ```
    pub fn parts(self) -> SyncParts {
        SyncParts::new(self.windows())
    }

    /// The windows to read.
    ///
    /// # Errors
    ///
    /// If the window is empty.
    fn windows(self) -> Result<Windows<S>, Error> {
        let to = self.to.unwrap_or_else(|| Utc::now() - CLOCK_SKEW);
        let overlap = TimeDelta::from_std(self.overlap).unwrap_or(TimeDelta::MAX);
        let from = self.from.map_or(DateTime::UNIX_EPOCH, |from| {
            from.checked_sub_signed(overlap).unwrap_or(DateTime::UNIX_EPOCH).max(DateTime::UNIX_EPOCH)
        });
        if from >= to || self.from.is_some_and(|from| from >= to) {
            return Err(Error::request(
                "the window is empty: `from` must be earlier than `to`, which defaults to a minute ago",
            )
            .in_operation(ListRequests::<S>::OPERATION));
        }
        Ok(Windows::new(self.pipeline, self.list, from, to))
    }

    async fn run(self) -> Result<Synced, Error> {
        let mut windows = self.windows()?;
        let mut whole = Synced { requests: Vec::new(), undecodable: Vec::new(), checkpoint: windows.to() };
        let mut newest = HashMap::new();
        let mut undecodable = BTreeMap::new();
        while let Some(part) = windows.next().await? {
            for request in part.requests {
                let known: Option<&SupportRequest> = newest.get(&request.identifier);
                if known.is_none_or(|known| known.last_update_time <= request.last_update_time) {
                    newest.insert(request.identifier.clone(), request);
                }
            }
            undecodable.extend(part.undecodable.into_iter().map(|row| (row.id.clone(), row)));
        }
        whole.requests.extend(newest.into_values());
        whole.requests.sort_by(|a, b| (a.last_update_time, &a.identifier).cmp(&(b.last_update_time, &b.identifier)));
        whole.undecodable.extend(undecodable.into_values());
        Ok(whole)
    }
}

impl_into_future!(<S: Scope> SyncWindow<S> => Synced);
