//! What takes several operations.

mod find;
mod notice;
mod preflight;
mod refusal;
mod reminder;
mod schedule;
mod series;
mod summary;
mod wait_for_result;
mod whose;

pub use notice::Notice;
pub use preflight::{Access, NamedRow, Preflight};
pub use refusal::Refusal;
pub use reminder::Reminder;
pub use schedule::{Created, ProfileState, Scheduled};
pub use series::Series;
pub use summary::{AlarmSummary, Occurrence, Summary};
pub use wait_for_result::{AlarmEnd, Finished, WaitForResult};
pub use whose::CalendarUserRef;

use crate::{AlarmId, EventId, Newfies, Rule};
use care_client_core::{BoxFuture, Error};

impl Newfies {
    /// Makes all that a reminder needs, from the calendar setting to the alarms, and makes nothing twice. See [`Reminder`].
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) before anything is sent if the reminder can't be right: no notice, two of the
    /// same, an end before the start. With a [`Refusal`] as source if the server has what stands in the way, or a notice that
    /// isn't there yet is more than 55 minutes ago; its outcome says whether anything was made before.
    /// [`Kind::Paging`](crate::Kind::Paging) if the server counts more rows than it gives, for what is looked for may be among
    /// them. Otherwise those of the operations; what was made so far stays, and the same reminder goes on there.
    pub fn schedule_reminder(&self, reminder: Reminder) -> BoxFuture<'static, Result<Scheduled, Error>> {
        let newfies = self.clone();
        Box::pin(async move { schedule::run(&newfies, &reminder).await })
    }

    /// Reads an alarm until nothing more will come of it, **for ever unless a timeout is set**. See [`WaitForResult`].
    pub fn wait_for_result(&self, alarm: impl Into<AlarmId>) -> WaitForResult {
        WaitForResult::new(self.clone(), alarm.into())
    }

    /// Tells what became of an event, or of a series by its root: each occurrence with its alarms, their attempts and results.
    /// See [`Summary`].
    ///
    /// # Errors
    ///
    /// 404 if there is no such event, or it isn't the caller's.
    pub fn summary(&self, root: impl Into<EventId>) -> BoxFuture<'static, Result<Summary, Error>> {
        let (newfies, root) = (self.clone(), root.into());
        Box::pin(async move { summary::run(&newfies, root).await })
    }

    /// Reads a root event and all its children.
    ///
    /// # Errors
    ///
    /// 404 if there is no such event, or it isn't the caller's. With [`Refusal::NotTheRoot`] as source if it is a child.
    pub fn series(&self, root: impl Into<EventId>) -> BoxFuture<'static, Result<Series, Error>> {
        let (newfies, root) = (self.clone(), root.into());
        Box::pin(async move { series::read(&newfies, root).await })
    }

    /// Stops a series from going on, and returns it as it is then. **Alarms of the last occurrence that have not gone off yet
    /// go off all the same** (defect [`NEWF-06`](crate::defects)): [`cancel_series`](Self::cancel_series) deletes them.
    ///
    /// What is paused is the last child, or the root itself as long as there is none. Reading it afterwards shows whether it
    /// is: the server's answer doesn't (defect [`NEWF-25`](crate::defects)).
    ///
    /// # Errors
    ///
    /// As [`series`](Self::series). With [`Refusal::WentOn`] as source if the server made the next occurrence meanwhile: pause it
    /// again.
    pub fn pause_series(&self, root: impl Into<EventId>) -> BoxFuture<'static, Result<Series, Error>> {
        let (newfies, root) = (self.clone(), root.into());
        Box::pin(async move { series::pause(&newfies, root).await })
    }

    /// Lets a paused series go on. One that is over stays so, and is returned as it is.
    ///
    /// # Errors
    ///
    /// As [`pause_series`](Self::pause_series). With [`Refusal::TooLate`] as source if its last occurrence began more than 12
    /// hours ago: the server doesn't look at it any more, and a new event is needed.
    pub fn resume_series(&self, root: impl Into<EventId>) -> BoxFuture<'static, Result<Series, Error>> {
        let (newfies, root) = (self.clone(), root.into());
        Box::pin(async move { series::resume(&newfies, root).await })
    }

    /// Pauses a series, deletes those of its alarms that still wait, and returns their ids. What the server has taken up, from
    /// five minutes before its time on, and what waits for a retry, goes off.
    ///
    /// # Errors
    ///
    /// As [`pause_series`](Self::pause_series).
    pub fn cancel_series(&self, root: impl Into<EventId>) -> BoxFuture<'static, Result<Vec<AlarmId>, Error>> {
        let (newfies, root) = (self.clone(), root.into());
        Box::pin(async move { series::cancel(&newfies, root).await })
    }

    /// The rule with this name, such as `Daily`; `None` if there is none. Case doesn't matter.
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

    /// Looks whether what must exist first can be read: gateways, SMS gateways and sealed surveys. See [`Preflight`].
    ///
    /// # Errors
    ///
    /// Those of the operations but for 403, which is part of what is told, unless it is the credentials that are wrong.
    pub fn preflight(&self) -> BoxFuture<'static, Result<Preflight, Error>> {
        let newfies = self.clone();
        Box::pin(async move { preflight::run(&newfies).await })
    }
}
