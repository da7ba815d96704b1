use super::{by_change::ByChange, runs, sync::Sync};
use crate::{
    Intervention,
    interventions::{ListInterventions, Sort},
};
use care_client_core::{Error, Pipeline, Undecodable};
use chrono::{DateTime, TimeDelta, Utc};
use futures_core::Stream;
use std::{future::poll_fn, pin::pin, time::Duration};
use tokio::time::Instant;

/// Reads all interventions that have changed since a time. Made by
/// [`Interventions::updated_since`](crate::Interventions::updated_since); does nothing before it is awaited.
///
/// The service has no search by date, so this walks the list by time of change, newest first, and stops where it gets older.
/// Give the [`checkpoint`](Synced::checkpoint) of one reading to the next, and the newest state of all that has changed is read at
/// least once, also of what changes meanwhile: that moves ahead of the walk, and the next reading finds it. What has the very time
/// of the checkpoint comes twice, for times are in seconds. What came and went between two readings isn't told, nor what the
/// token's user is allowed to see only later.
///
/// | setting | default |
/// |---|---|
/// | `since`, included | all interventions |
/// | [`with_overlap`](Self::with_overlap) | 5 s |
/// | [`within`](Self::within) | all interventions that the token's user can read |
/// | [`with_max_pages`](Self::with_max_pages) | 10,000 |
///
/// It keeps what it finds in memory until the end.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
/// #     .access_token(emulator.access_token()).build()?;
/// # let id = emulator.controller().open_new();
/// let first = engagement.interventions().updated_since(None).await?;
/// println!("{} interventions so far", first.interventions.len());
/// # assert_eq!(first.interventions.len(), 1);
/// // … and later:
/// # emulator.controller().touch(&id)?;
/// let news = engagement.interventions().updated_since(first.checkpoint).await?;
/// for intervention in &news.interventions {
///     println!("{} has changed", intervention.id);
/// }
/// # assert_eq!(news.interventions.len(), 1);
/// # Ok(()) }
/// ```
///
/// That the newest come first is the service's default, and not documented for this order (defect
/// [`ENG-20`](crate::defects)). If a page shows another order, the whole list is read: slower, and as complete. Only a service that
/// doesn't sort at all, and whose first pages happen to look sorted, would end it too early (defect [`ENG-31`](crate::defects)). A
/// cancelled intervention is gone from the list, and no reading tells of it.
///
/// # Errors
///
/// Those of [`list`](crate::Interventions::list), and [`Kind::Paging`](crate::Kind::Paging) if the list changes faster than it
/// can be read: then read again from the same time.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct UpdatedSince {
    pipeline: Pipeline,
    list: ListInterventions,
    since: Option<DateTime<Utc>>,
    overlap: Duration,
    max_pages: Option<usize>,
}

/// What an [`UpdatedSince`] found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Synced {
    /// The interventions, each once, the one that changed first in front. One that doesn't tell when it changed is among them, if it was come to.
    pub interventions: Vec<Intervention>,
    /// Rows that could not be read, of all pages that were read, whenever they changed.
    pub undecodable: Vec<Undecodable>,
    /// The next reading's `since`; `None` if nothing was ever seen to change.
    pub checkpoint: Option<DateTime<Utc>>,
}

impl UpdatedSince {
    pub(super) fn new(pipeline: Pipeline, since: Option<DateTime<Utc>>) -> Self {
        Self { pipeline, list: ListInterventions::new(), since, overlap: Duration::from_secs(5), max_pages: None }
    }

    /// Reads only what this list holds: a thread, a user, a status. Its own order and offset don't count.
    ///
    /// What leaves the list by a change isn't told of: with a status as filter, that is every change of the status.
    pub fn within(mut self, list: ListInterventions) -> Self {
        self.list = list;
        self
    }

    /// Sets how much earlier than `since` it reads, for changes that show late. What lies there is read a second time. Default:
    /// 5 s.
    pub fn with_overlap(mut self, overlap: Duration) -> Self {
        self.overlap = overlap;
        self
    }

    /// Sets how many pages are read at most; a list that goes on then is an error of [`Kind::Paging`](crate::Kind::Paging).
    /// Default: 10,000.
    pub fn with_max_pages(mut self, max_pages: usize) -> Self {
        self.max_pages = Some(max_pages);
        self
    }

    async fn run(self) -> Result<Synced, Error> {
        let overlap = TimeDelta::from_std(self.overlap).unwrap_or(TimeDelta::MAX);
        let from = self.since.map(|since| since.checked_sub_signed(overlap).unwrap_or(DateTime::<Utc>::MIN_UTC));
        let (mut sync, begin) = (Sync::new(self.since, from), Instant::now());
        let list = self.list.sort(Sort::UpdatedAt).offset(0);
        let call = self.pipeline.call(ByChange(list));
        let pages = call.pages();
        let mut pages = pin!(match self.max_pages {
            Some(max_pages) => pages.with_max_pages(max_pages),
            None => pages,
        });
        while let Some(page) = poll_fn(|cx| pages.as_mut().poll_next(cx)).await {
            if sync.take(page?.items) {
                break;
            }
        }
        Ok(sync.end(begin.elapsed()))
    }
}

runs! { UpdatedSince => Synced }
