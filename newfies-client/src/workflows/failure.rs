//! Why a workflow failed: conditions on the server that only the caller can resolve.

use crate::ids::{CalendarUserId, EventId};
use care_client_core::{Endpoint, Error, Operation};

/// Why a workflow of this crate failed: the [source](std::error::Error::source) of its error.
///
/// The error's [`outcome`](Error::outcome) says whether the workflow had written anything:
/// [`NotSent`](crate::Outcome::NotSent) if it had only read, [`Completed`](crate::Outcome::Completed) if it had created
/// or changed something, which stays, and [`Unknown`](crate::Outcome::Unknown) if the server failed while it created a
/// profile.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::newfies::Emulator::start().await?;
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// use newfies_client::{Notice, WorkflowFailure, Reminder, CalendarUserRef};
/// # let start = chrono::Utc::now() + chrono::TimeDelta::days(1);
/// # let end = start + chrono::TimeDelta::hours(1);
///
/// let notice = Notice::call("+12025550101").survey(1);
/// let user = CalendarUserRef::named("nobody");
/// let reminder = Reminder::new(user, "Surgery", "Visit", start, end).notice(notice);
/// let error = newfies.schedule_reminder(reminder).await.unwrap_err();
/// assert_eq!(WorkflowFailure::of(&error), Some(&WorkflowFailure::NoSuchUser));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum WorkflowFailure {
    /// No user has this name, and the reminder doesn't say how to create one.
    #[error("there is no user with this name: pass a NewCalendarUser to have one created")]
    NoSuchUser,
    /// The user is one of the web interface, not a calendar user; or one without a profile, of whom the server doesn't
    /// tell which (defect [`NEWF-58`](crate::defects)). Create the profile in the web interface, or allow it by
    /// [`take_over`](crate::Reminder::take_over).
    #[error(
        "the user has no profile, and may be one of the web interface: create it there, or see take_over() if it is a \
         calendar user"
    )]
    NotACalendarUser,
    /// No user has this id.
    #[error("there is no calendar user with the id {user}, or the caller may not see it")]
    UnknownUser {
        /// The id that was given.
        user: CalendarUserId,
    },
    /// The caller has no calendar setting, without which no calendar user can be created (defect
    /// [`NEWF-23`](crate::defects)): set one by [`Reminder::setting`](crate::Reminder::setting).
    #[error("the caller has no calendar setting, without which no calendar user can be created: call setting(..)")]
    NoSetting,
    /// The calendar user has no profile, so their alarms wouldn't go off, and the server can't create one (defects
    /// [`NEWF-23`](crate::defects), [`NEWF-13`](crate::defects)): create it in the web interface, then run the reminder
    /// again.
    #[error("calendar user {user} has no profile, and this server can't create one: create it in the web interface")]
    NoProfile {
        /// The calendar user, who exists.
        user: CalendarUserId,
    },
    /// Another user manages the calendar user, and the reminder doesn't allow the caller to
    /// [take them over](crate::Reminder::take_over).
    #[error("another user manages calendar user {user}: see take_over()")]
    ManagedByAnother {
        /// The calendar user.
        user: CalendarUserId,
    },
    /// The calendar user's profile must change, and another user might manage it: with a token, the caller's name is
    /// unknown. [`take_over`](crate::Reminder::take_over) allows the change.
    #[error("with a token it is unknown whether the caller manages calendar user {user}: see take_over()")]
    UnknownCaller {
        /// The calendar user.
        user: CalendarUserId,
    },
    /// The calendar user is to be [taken over](crate::Reminder::take_over), but the caller may not read the profile,
    /// and without a setting there is nothing to write: set one by [`Reminder::setting`](crate::Reminder::setting).
    #[error("calendar user {user} can't be taken over, since their profile can't be read: call setting(..)")]
    UnreadProfile {
        /// The calendar user.
        user: CalendarUserId,
    },
    /// The calendar has an event with this title and start but other [`data`](crate::Reminder::data): it belongs to
    /// another patient, whose data the call would read out. Give the two events different titles.
    #[error("event {event} has this title and start but other data: use a title that tells them apart")]
    OtherData {
        /// The event.
        event: EventId,
    },
    /// A call has no survey to play, and the calendar setting that names one can't be read: set one by
    /// [`Notice::survey`](crate::Notice::survey).
    #[error("a call has no survey to play: call survey(..) on its notice")]
    NoSurvey,
    /// A notice that doesn't exist yet would have gone off more than 55 minutes ago: the server processes alarms up to
    /// 60 minutes late, and five are the margin for slow requests and clock skew. Or the last occurrence of a series
    /// began more than 12 hours ago.
    #[error("it is too late: the server processes alarms up to one hour late, and events up to twelve")]
    TooLate,
    /// The event is a child; the operation needs its root.
    #[error("the event is a child of event {root}: pass that one")]
    NotTheRoot {
        /// The root.
        root: EventId,
    },
    /// The server created the next occurrence of the series at the same time.
    #[error("the server created the next occurrence at the same time: try again")]
    WentOn,
    /// The time of the event or of an alarm has no offset, and the client doesn't know the server's
    /// [zone](crate::NewfiesBuilder::server_time_zone).
    #[error("the server's times have no offset: set its zone by server_time_zone(..)")]
    NaiveTimes,
}

impl WorkflowFailure {
    /// The reason why a workflow failed, if the error has one.
    #[must_use]
    pub fn of(error: &Error) -> Option<&Self> {
        error.reason()
    }

    /// The error of a workflow that had changed something before.
    pub(super) fn after(self, workflow: &'static Operation) -> Error {
        Error::decode(self.to_string()).with_source(self).in_operation(workflow)
    }

    /// The error of a workflow that stops before this operation and had changed nothing.
    pub(super) fn of_operation<E: Endpoint>(self) -> Error {
        Error::request(self.to_string()).with_source(self).in_operation(E::OPERATION).after_reads()
    }
}
