//! Workflows: tasks that take several operations. Each is a struct that is made by a method of [`Newfies`], owns what
//! it needs, and does nothing until it is awaited.
//!
//! [`WaitForResult`] has settings. Those of a reminder are setters of [`Reminder`]. The others have none.

mod failure;
mod find;
mod preflight;
mod schedule_reminder;
mod series;
mod summary;
mod wait_for_result;

pub use failure::WorkflowFailure;
pub use preflight::{Access, NamedRow, Preflight};
pub use schedule_reminder::{Created, Notice, ProfileState, Reminder, Scheduled};
pub use series::Series;
pub use summary::{AlarmSummary, Occurrence, Summary};
pub use wait_for_result::{AlarmEnd, Finished, WaitForResult};

use crate::{
    client::Newfies,
    ids::{AlarmId, EventId},
    rules::Rule,
};
use care_client_core::{Error, workflow::impl_into_future};

/// Defines a workflow without settings.
macro_rules! workflow {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $type:ty),* } => $output:ty, by $run:path) => {
        $(#[$meta])*
        #[derive(Debug)]
        #[must_use = "a workflow does nothing until it is awaited"]
        pub struct $name {
            newfies: Newfies,
            $($field: $type,)*
        }

        impl $name {
            async fn run(self) -> Result<$output, Error> {
                $run(&self.newfies $(, self.$field)*).await
            }
        }

        impl_into_future!($name => $output);
    };
}

workflow! {
    /// Schedules a [`Reminder`]. Returned by [`Newfies::schedule_reminder`].
    ScheduleReminder { reminder: Reminder } => Scheduled, by schedule_reminder::run
}

workflow! {
    /// Reads a [`Summary`]. Returned by [`Newfies::summary`].
    GetSummary { root: EventId } => Summary, by summary::run
}

workflow! {
    /// Reads a [`Series`]. Returned by [`Newfies::series`].
    GetSeries { root: EventId } => Series, by series::read
}

workflow! {
    /// Pauses a [`Series`]. Returned by [`Newfies::pause_series`].
    PauseSeries { root: EventId } => Series, by series::pause
}

workflow! {
    /// Resumes a [`Series`]. Returned by [`Newfies::resume_series`].
    ResumeSeries { root: EventId } => Series, by series::resume
}

workflow! {
    /// Pauses a [`Series`] and deletes its pending alarms. Returned by [`Newfies::cancel_series`].
    CancelSeries { root: EventId } => Vec<AlarmId>, by series::cancel
}

workflow! {
    /// Calls off one visit of a series. Returned by [`Newfies::cancel_visit`].
    CancelVisit { event: EventId } => Vec<AlarmId>, by series::cancel_visit
}

workflow! {
    /// Finds a [`Rule`] by its name. Returned by [`Newfies::rule_named`].
    FindRule { name: String } => Option<Rule>, by find::rule
}

workflow! {
    /// Runs a [`Preflight`]. Returned by [`Newfies::preflight`].
    RunPreflight {} => Preflight, by preflight::run
}

impl Newfies {
    /// Creates what a reminder needs, from the calendar setting to the alarms. It is idempotent: see [`Reminder`].
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) before anything is sent if the reminder can't be right, such as one
    /// without a notice, with two equal notices, or with an end before its start. An error with a [`WorkflowFailure`]
    /// as source if the server's state prevents it, or if a notice that doesn't exist yet is more than 55 minutes in
    /// the past; its outcome says whether anything was created before. [`Kind::Paging`](crate::Kind::Paging) if the
    /// server counts more rows than it sends, because the row to find might be a missing one. Otherwise those of the
    /// operations. What was created stays, and the same reminder completes it.
    pub fn schedule_reminder(&self, reminder: Reminder) -> ScheduleReminder {
        ScheduleReminder { newfies: self.clone(), reminder }
    }

    /// Polls an alarm until its state is final, **forever unless a timeout is set**. See [`WaitForResult`].
    pub fn wait_for_result(&self, alarm: impl Into<AlarmId>) -> WaitForResult {
        WaitForResult::new(self.clone(), alarm.into())
    }

    /// Reads what became of an event, or of a series by its root: each occurrence with its alarms, their attempts and
    /// results. See [`Summary`].
    ///
    /// # Errors
    ///
    /// 404 if the event doesn't exist or isn't the caller's. An error with [`WorkflowFailure::NotTheRoot`] as source if
    /// it is a child.
    pub fn summary(&self, root: impl Into<EventId>) -> GetSummary {
        GetSummary { newfies: self.clone(), root: root.into() }
    }

    /// Reads a root event and all its children.
    ///
    /// # Errors
    ///
    /// 404 if the event doesn't exist or isn't the caller's. An error with [`WorkflowFailure::NotTheRoot`] as source if
    /// it is a child.
    pub fn series(&self, root: impl Into<EventId>) -> GetSeries {
        GetSeries { newfies: self.clone(), root: root.into() }
    }

    /// Pauses a series and returns its state afterwards: the server creates no further occurrence. **Pending alarms of
    /// the last occurrence still go off** (defect [`NEWF-06`](crate::defects)); [`cancel_series`](Self::cancel_series)
    /// deletes them.
    ///
    /// It pauses the last child, or the root as long as there is no child. The server's answer doesn't show success
    /// (defect [`NEWF-25`](crate::defects)), so the series is read back.
    ///
    /// # Errors
    ///
    /// Those of [`series`](Self::series). An error with [`WorkflowFailure::WentOn`] as source if the server created the
    /// next occurrence in the meantime: pause it again.
    pub fn pause_series(&self, root: impl Into<EventId>) -> PauseSeries {
        PauseSeries { newfies: self.clone(), root: root.into() }
    }

    /// Resumes a paused series. One that is over is returned unchanged.
    ///
    /// # Errors
    ///
    /// Those of [`pause_series`](Self::pause_series). An error with [`WorkflowFailure::TooLate`] as source if the last
    /// occurrence began more than 12 hours ago: the server no longer processes it, so create a new event.
    pub fn resume_series(&self, root: impl Into<EventId>) -> ResumeSeries {
        ResumeSeries { newfies: self.clone(), root: root.into() }
    }

    /// Pauses a series, deletes its pending alarms and returns their ids. Alarms that the server has begun to process,
    /// from five minutes before their time, and those that wait for a retry still go off.
    ///
    /// # Errors
    ///
    /// Those of [`pause_series`](Self::pause_series).
    pub fn cancel_series(&self, root: impl Into<EventId>) -> CancelSeries {
        CancelSeries { newfies: self.clone(), root: root.into() }
    }

    /// Calls off one visit, which may be any occurrence of a series, its root too: the alarms of this event that are
    /// still pending don't go off, and their ids are returned. The event stays, and so do the other visits: later ones
    /// are copied from it, with pending alarms. Deleting the root instead takes the whole series with it (defect
    /// [`NEWF-57`](crate::defects)).
    ///
    /// The alarms get the status [`Failure`](crate::AlarmStatus::Failure), for the server knows none that says
    /// "cancelled". Alarms that the server has begun to process, from five minutes before their time, and those that
    /// wait for a retry still go off.
    ///
    /// # Errors
    ///
    /// 404 if the event doesn't exist or isn't the caller's; otherwise those of the operations. Run it again to call
    /// off what is left.
    pub fn cancel_visit(&self, event: impl Into<EventId>) -> CancelVisit {
        CancelVisit { newfies: self.clone(), event: event.into() }
    }

    /// Finds the rule with this name, such as `Daily`, whatever its case; `None` if there is none.
    ///
    /// # Errors
    ///
    /// 403 unless the caller is a superuser (defect [`NEWF-37`](crate::defects)).
    pub fn rule_named(&self, name: impl Into<String>) -> FindRule {
        FindRule { newfies: self.clone(), name: name.into() }
    }

    /// Checks whether the caller can read what must exist first: gateways, SMS gateways and sealed surveys. See
    /// [`Preflight`].
    ///
    /// # Errors
    ///
    /// Those of the operations; a 403 is reported in the result unless the credentials are wrong.
    pub fn preflight(&self) -> RunPreflight {
        RunPreflight { newfies: self.clone() }
    }
}
