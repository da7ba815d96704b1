//! Reads what has changed since a checkpoint, although the service has no search by date.

use crate::{
    interventions::{ListInterventions, Sort},
    workflows::{change_walk::ChangeWalk, changed_list::ChangedList, result::ChangedInterventions},
};
use care_client_core::{Error, Pipeline, workflow::impl_into_future};
use chrono::{DateTime, TimeDelta, Utc};
use futures_core::Stream;
use std::{future::poll_fn, pin::pin, time::Duration};
use tokio::time::Instant;

/// Reads all interventions that have changed since a time. Returned by
/// [`Interventions::updated_since`](crate::Interventions::updated_since).
///
/// The service has no search by date. So this reads the list by time of change, newest first, and stops at the first
/// row that is older. Pass the [`checkpoint`](ChangedInterventions::checkpoint) of one reading to the next:
///
/// - the latest state of every changed intervention is read at least once. One that changes while the list is read
///   moves to its head, where the next reading finds it;
/// - interventions changed exactly at the checkpoint are read twice, because times are in whole seconds;
/// - states between two readings are not reported, nor are interventions that the token's user gains access to later.
///
/// | setting | default |
/// |---|---|
/// | `since`, inclusive | all interventions |
/// | [`with_overlap`](Self::with_overlap) | 5 s |
/// | [`with_filter`](Self::with_filter) | all interventions that the token's user can read |
/// | [`with_max_pages`](Self::with_max_pages) | 10,000 |
///
/// Results are kept in memory until the reading ends.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
/// #     .access_token(emulator.access_token()).build()?;
/// # let id = emulator.controller().open_new();
/// let first = engagement.interventions().updated_since(None).await?;
/// println!("{} interventions", first.interventions.len());
/// # assert_eq!(first.interventions.len(), 1);
/// // … later:
/// # emulator.controller().touch(&id)?;
/// let changes = engagement.interventions().updated_since(first.checkpoint).await?;
/// for intervention in &changes.interventions {
///     println!("{} has changed", intervention.id);
/// }
/// # assert_eq!(changes.interventions.len(), 1);
/// # Ok(()) }
/// ```
///
/// Newest first is the service's default, but not documented for this order (defect [`ENG-20`](crate::defects)). If a
/// page shows another order, the whole list is read, which is slower but complete. Only a service that doesn't sort at
/// all, and whose first pages happen to be sorted, would end the reading too early (defect [`ENG-31`](crate::defects)).
/// A cancelled intervention disappears from the list and is not reported.
///
/// # Errors
///
/// Those of [`list`](crate::Interventions::list), and [`Kind::Paging`](crate::Kind::Paging) if the list changes faster
/// than it can be read; then read again from the same checkpoint.
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
pub struct UpdatedSince {
    pipeline: Pipeline,
    filter: ListInterventions,
    since: Option<DateTime<Utc>>,
    overlap: Duration,
    max_pages: Option<usize>,
}

impl UpdatedSince {
    pub(super) fn new(pipeline: Pipeline, since: Option<DateTime<Utc>>) -> Self {
        Self { pipeline, filter: ListInterventions::new(), since, overlap: Duration::from_secs(5), max_pages: None }
    }

    /// Reads only the interventions of this list, such as those of a thread, user or status. Its order and offset are
    /// ignored; its page size counts. Default: all interventions that the token's user can read.
    ///
    /// An intervention that a change removes from the list is not reported; with a status filter, that is every change
    /// of the status.
    pub fn with_filter(mut self, filter: ListInterventions) -> Self {
        self.filter = filter;
        self
    }

    /// Sets how much earlier than `since` the reading starts, to catch changes that become visible late. Changes in
    /// that span are read twice. Default: 5 s.
    pub fn with_overlap(mut self, overlap: Duration) -> Self {
        self.overlap = overlap;
        self
    }

    /// Sets the maximum number of pages; a longer list is an error of [`Kind::Paging`](crate::Kind::Paging). Default:
    /// 10,000.
    pub fn with_max_pages(mut self, max_pages: usize) -> Self {
        self.max_pages = Some(max_pages);
        self
    }

    async fn run(self) -> Result<ChangedInterventions, Error> {
        let overlap = TimeDelta::from_std(self.overlap).unwrap_or(TimeDelta::MAX);
        let from = self.since.map(|since| since.checked_sub_signed(overlap).unwrap_or(DateTime::<Utc>::MIN_UTC));
        let (mut walk, start) = (ChangeWalk::new(self.since, from), Instant::now());
        let list = self.filter.sort(Sort::UpdatedAt).offset(0);
        let call = self.pipeline.call(ChangedList(list));
        let pages = call.pages();
        let mut pages = pin!(match self.max_pages {
            Some(max_pages) => pages.with_max_pages(max_pages),
            None => pages,
        });
        while let Some(page) = poll_fn(|cx| pages.as_mut().poll_next(cx)).await {
            if walk.add(page.map_err(Error::after_reads)?.items) {
                break;
            }
        }
        Ok(walk.finish(start.elapsed()))
    }
}

impl_into_future!(UpdatedSince => ChangedInterventions);
