//! Workflows over several operations, as methods of [`Newfies`].
//!
//! A workflow does nothing until it is awaited. [`WaitForResult`] has settings and is a struct; the others have none
//! and are futures that own what they need, so they also go into `spawn`.

mod find;
mod preflight;
mod refusal;
mod schedule_reminder;
mod series;
mod summary;
mod wait_for_result;

pub use preflight::{Access, NamedRow, Preflight};
pub use refusal::Refusal;
pub use schedule_reminder::{Created, Notice, ProfileState, Reminder, Scheduled};
pub use series::Series;
pub use summary::{AlarmSummary, Occurrence, Summary};
pub use wait_for_result::{AlarmEnd, Finished, WaitForResult};

use crate::{
    client::Newfies,
    ids::{AlarmId, EventId},
    rules::Rule,
};
use care_client_core::{BoxFuture, Error};

impl Newfies {
    /// Creates what a reminder needs, from the calendar setting to the alarms. It is idempotent: see [`Reminder`].
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) before anything is sent if the reminder can't be right, such as one
    /// without a notice, with two equal notices, or with an end before its start. An error with a [`Refusal`] as source
    /// if the state of the server stands in the way, or if a notice that doesn't exist yet is more than 55 minutes in
    /// the past; its outcome says whether anything was created before. [`Kind::Paging`](crate::Kind::Paging) if the
    /// server counts more rows than it sends, because the row to find might be a missing one. Otherwise those of the
    /// operations. What was created stays, and the same reminder completes it.
    pub fn schedule_reminder(&self, reminder: Reminder) -> BoxFuture<'static, Result<Scheduled, Error>> {
        let newfies = self.clone();
        Box::pin(async move { schedule_reminder::run(&newfies, &reminder).await })
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
    /// 404 if the event doesn't exist or isn't the caller's. An error with [`Refusal::NotTheRoot`] as source if it is a
    /// child.
    pub fn summary(&self, root: impl Into<EventId>) -> BoxFuture<'static, Result<Summary, Error>> {
        let (newfies, root) = (self.clone(), root.into());
        Box::pin(async move { summary::run(&newfies, root).await })
    }

    /// Reads a root event and all its children.
    ///
    /// # Errors
    ///
    /// 404 if the event doesn't exist or isn't the caller's. An error with [`Refusal::NotTheRoot`] as source if it is a
    /// child.
    pub fn series(&self, root: impl Into<EventId>) -> BoxFuture<'static, Result<Series, Error>> {
        let (newfies, root) = (self.clone(), root.into());
        Box::pin(async move { series::read(&newfies, root).await })
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
    /// Those of [`series`](Self::series). An error with [`Refusal::WentOn`] as source if the server created the next
    /// occurrence in the meantime: pause it again.
    pub fn pause_series(&self, root: impl Into<EventId>) -> BoxFuture<'static, Result<Series, Error>> {
        let (newfies, root) = (self.clone(), root.into());
        Box::pin(async move { series::pause(&newfies, root).await })
    }

    /// Resumes a paused series. One that is over is returned unchanged.
    ///
    /// # Errors
    ///
    /// Those of [`pause_series`](Self::pause_series). An error with [`Refusal::TooLate`] as source if the last
    /// occurrence began more than 12 hours ago: the server no longer processes it, so create a new event.
    pub fn resume_series(&self, root: impl Into<EventId>) -> BoxFuture<'static, Result<Series, Error>> {
        let (newfies, root) = (self.clone(), root.into());
        Box::pin(async move { series::resume(&newfies, root).await })
    }

    /// Pauses a series, deletes its pending alarms and returns their ids. Alarms that the server has begun to process,
    /// from five minutes before their time, and those that wait for a retry still go off.
    ///
    /// # Errors
    ///
    /// Those of [`pause_series`](Self::pause_series).
    pub fn cancel_series(&self, root: impl Into<EventId>) -> BoxFuture<'static, Result<Vec<AlarmId>, Error>> {
        let (newfies, root) = (self.clone(), root.into());
        Box::pin(async move { series::cancel(&newfies, root).await })
    }

    /// Finds the rule with this name, such as `Daily`, whatever its case; `None` if there is none.
    ///
    /// # Errors
    ///
    /// 403 unless the caller is a superuser (defect [`NEWF-37`](crate::defects)).
    pub fn rule_named(&self, name: impl Into<String>) -> BoxFuture<'static, Result<Option<Rule>, Error>> {
        let (newfies, name) = (self.clone(), name.into());
        Box::pin(async move {
            find::first::<Rule>(&newfies, |rule| rule.name.eq_ignore_ascii_case(&name), |rule| rule.id().get()).await
        })
    }

    /// Checks whether the caller can read what must exist first: gateways, SMS gateways and sealed surveys. See
    /// [`Preflight`].
    ///
    /// # Errors
    ///
    /// Those of the operations; a 403 is reported in the result unless the credentials are wrong.
    pub fn preflight(&self) -> BoxFuture<'static, Result<Preflight, Error>> {
        let newfies = self.clone();
        Box::pin(async move { preflight::run(&newfies).await })
    }
}
