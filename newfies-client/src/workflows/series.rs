//! Series: a recurring event with its occurrences; reading, pausing, resuming and cancelling it.

use crate::{
    alarms::{Alarm, AlarmPatch},
    client::Newfies,
    codes::{AlarmStatus, EventStatus},
    endpoints::{Delete, Get, Update},
    events::{ChildEvent, Event, EventPatch, ListChildren},
    ids::{AlarmId, EventId},
    workflows::{failure::WorkflowFailure, find},
};
use care_client_core::{Endpoint, Error, Link};
use chrono::{TimeDelta, Utc};

/// How long after its start the server still processes an event.
const LOOKS_BACK: TimeDelta = TimeDelta::hours(12);

/// A recurring event: the root and all its children.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Series {
    /// The first event.
    pub root: Event,
    /// The later occurrences that the server has created so far, in the order of their creation.
    pub children: Vec<ChildEvent>,
    /// The last occurrence, from which the series continues: the child created last, or the root.
    pub last: Event,
}

impl Series {
    /// Whether the server will create another occurrence, judging by the last one.
    #[must_use]
    pub fn continues(&self) -> bool {
        self.last.rule.is_some() && self.last.status == Some(EventStatus::Pending)
    }
}

fn get(newfies: &Newfies, event: EventId) -> Get<Event> {
    Get::new(event, newfies.zone.clone())
}

pub(super) async fn read(newfies: &Newfies, root: EventId) -> Result<Series, Error> {
    let event = newfies.call(get(newfies, root)).await?;
    // NEWF-07
    if let Some(parent) = event.parent_event {
        return Err(WorkflowFailure::NotTheRoot { root: parent.id() }.of_operation::<ListChildren>());
    }
    let children = newfies.call(ListChildren::new(root, newfies.zone.clone())).await?;
    let last = match children.last() {
        Some(child) => newfies.call(get(newfies, child.id())).await?,
        None => event.clone(),
    };
    Ok(Series { root: event, children, last })
}

pub(super) async fn pause(newfies: &Newfies, root: EventId) -> Result<Series, Error> {
    set(newfies, read(newfies, root).await?, EventStatus::Paused).await
}

pub(super) async fn resume(newfies: &Newfies, root: EventId) -> Result<Series, Error> {
    let series = read(newfies, root).await?;
    let naive = || WorkflowFailure::NaiveTimes.of_operation::<Update<Event>>();
    let is_paused = series.last.status == Some(EventStatus::Paused);
    if is_paused && series.last.start.instant().ok_or_else(naive)? + LOOKS_BACK < Utc::now() {
        return Err(WorkflowFailure::TooLate.of_operation::<Update<Event>>());
    }
    set(newfies, series, EventStatus::Pending).await
}

/// Sets the status of the last occurrence by its own id, and reads back whether it still is the last one.
async fn set(newfies: &Newfies, series: Series, status: EventStatus) -> Result<Series, Error> {
    let last = series.last.id();
    // A completed occurrence is over. Making it pending would let it happen twice.
    if series.last.status == Some(status) {
        return Ok(series);
    }
    if series.last.status == Some(EventStatus::Completed) {
        // The list of children was read first, so a successor may have been created in between.
        let seen = read(newfies, series.root.id()).await?;
        let is_over = seen.last.id() == last && seen.last.status == Some(EventStatus::Completed);
        return if is_over { Ok(seen) } else { Err(WorkflowFailure::WentOn.of_operation::<ListChildren>()) };
    }
    let patch = EventPatch::new().status(status);
    newfies.call(Update::<Event>::new(last, patch, newfies.zone.clone())).await?;
    // NEWF-25
    let seen = read(newfies, series.root.id()).await?;
    if seen.last.id() == last && seen.last.status == Some(status) {
        Ok(seen)
    } else {
        Err(WorkflowFailure::WentOn.after(<Update<Event> as Endpoint>::OPERATION))
    }
}

/// Calls off one occurrence: its alarms don't go off, and the event stays, for later occurrences are copies of it.
pub(super) async fn cancel_visit(newfies: &Newfies, event: EventId) -> Result<Vec<AlarmId>, Error> {
    newfies.call(get(newfies, event)).await.map_err(Error::after_reads)?;
    let waiting =
        |alarm: &Alarm| alarm.status == AlarmStatus::Pending && alarm.event.as_ref().map(Link::id) == Some(event);
    let mut called_off = Vec::new();
    for alarm in find::all::<Alarm>(newfies, waiting).await.map_err(Error::after_reads)? {
        // The dispatcher takes pending alarms alone, and a copy begins as pending whatever the status is.
        let patch = AlarmPatch::new().status(AlarmStatus::Failure);
        newfies.call(Update::<Alarm>::new(alarm.id(), patch, newfies.zone.clone())).await?;
        called_off.push(alarm.id());
    }
    Ok(called_off)
}

pub(super) async fn cancel(newfies: &Newfies, root: EventId) -> Result<Vec<AlarmId>, Error> {
    let series = pause(newfies, root).await?;
    // NEWF-06
    let events: Vec<EventId> = series.children.iter().map(ChildEvent::id).chain([root]).collect();
    let waiting = |alarm: &Alarm| {
        alarm.status == AlarmStatus::Pending
            && alarm.event.as_ref().map(Link::id).is_some_and(|id| events.contains(&id))
    };
    let mut deleted = Vec::new();
    for alarm in find::all::<Alarm>(newfies, waiting).await? {
        newfies.call(Delete::<Alarm>::new(alarm.id())).await?;
        deleted.push(alarm.id());
    }
    Ok(deleted)
}
