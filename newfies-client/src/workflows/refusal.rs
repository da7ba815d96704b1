use crate::{CalendarUserId, EventId};
use care_client_core::{Endpoint, Error, Operation};
use std::fmt;

/// Why a workflow of this crate didn't do what it was asked to: the [source](std::error::Error::source) of its error.
///
/// The error's [`outcome`](Error::outcome) says whether anything was written before: [`NotSent`](crate::Outcome::NotSent) if
/// the workflow had only read, [`Completed`](crate::Outcome::Completed) if it had made or changed something, which stays, and
/// [`Unknown`](crate::Outcome::Unknown) of a profile that the server broke down at.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::newfies::Emulator::start().await?;
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// use newfies_client::{Notice, Refusal, Reminder, CalendarUserRef};
/// # let start = chrono::Utc::now() + chrono::TimeDelta::days(1);
/// # let end = start + chrono::TimeDelta::hours(1);
///
/// let notice = Notice::call("+12025550101").survey(1);
/// let reminder = Reminder::new(CalendarUserRef::named("nobody"), "Surgery", "Visit", start, end).notice(notice);
/// let error = newfies.schedule_reminder(reminder).await.unwrap_err();
/// assert_eq!(Refusal::of(&error), Some(&Refusal::NoSuchUser));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no user with this name, and it wasn't said how to make one.
    NoSuchUser,
    /// The user is one of the web interface, and no calendar user.
    NotACalendarUser,
    /// The caller has no calendar setting, which must be there before a calendar user is made (defect
    /// [`NEWF-23`](crate::defects)): give one by [`Reminder::setting`](crate::Reminder::setting).
    NoSetting,
    /// The calendar user has no profile, so that its alarms would not go off, and the server can't make one (defects
    /// [`NEWF-23`](crate::defects), [`NEWF-13`](crate::defects)): make it in the web interface, and run the reminder again.
    NoProfile {
        /// The calendar user, who is there.
        user: CalendarUserId,
    },
    /// The calendar user is managed by somebody else, and it wasn't said that it may be
    /// [taken over](crate::Reminder::take_over).
    ManagedByAnother {
        /// The calendar user.
        user: CalendarUserId,
    },
    /// The calendar user's profile is to be changed, and with a token nobody knows the caller's name, so they may be managed by
    /// somebody else: [`take_over`](crate::Reminder::take_over) says that this is no matter.
    UnknownCaller {
        /// The calendar user.
        user: CalendarUserId,
    },
    /// The calendar user is to be [taken over](crate::Reminder::take_over), and neither may their profile be read nor was a
    /// setting given, so there is nothing to write: give one by [`Reminder::setting`](crate::Reminder::setting).
    UnreadProfile {
        /// The calendar user.
        user: CalendarUserId,
    },
    /// The calendar has an event with this title and start, whose [`data`](crate::Reminder::data) are others: it is somebody
    /// else's, who would be named to the one who is called. Give the title what tells the two apart.
    OtherData {
        /// The event.
        event: EventId,
    },
    /// A call has no survey to play, and the calendar setting can't be read to take its one: give one by
    /// [`Notice::survey`](crate::Notice::survey).
    NoSurvey,
    /// A notice that isn't there yet would have gone off more than 55 minutes ago: the server looks back 60 for alarms, and some
    /// pass before it does. Or the last occurrence of a series began more than 12 hours ago.
    TooLate,
    /// The event is a child, and its root is needed.
    NotTheRoot {
        /// The root.
        root: EventId,
    },
    /// The server made the next occurrence of the series at the same time.
    WentOn,
    /// The time of the event or of an alarm came without an offset, and the client wasn't told the server's
    /// [zone](crate::NewfiesBuilder::server_time_zone).
    NaiveTimes,
}

impl Refusal {
    /// The refusal that an error came from, if it came from one.
    #[must_use]
    pub fn of(error: &Error) -> Option<&Self> {
        std::error::Error::source(error)?.downcast_ref()
    }

    /// The error of a workflow that changed something before this showed.
    pub(super) fn after(self, workflow: &'static Operation) -> Error {
        Error::decode(self.to_string()).with_source(self).in_operation(workflow)
    }

    /// The error of an operation that is not done for this.
    pub(super) fn of_operation<E: Endpoint>(self) -> Error {
        Error::request(self.to_string()).with_source(self).in_operation(E::OPERATION)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchUser => "there is no user with this name: give a NewCalendarUser to have one made",
            Self::NotACalendarUser => "the user is one of the web interface, and no calendar user",
            Self::NoSetting => "the caller has no calendar setting, without which no calendar user can be made",
            Self::NoProfile { user } => {
                return write!(
                    f,
                    "calendar user {user} has no profile, and this server can't make one: make it in the web interface"
                );
            }
            Self::ManagedByAnother { user } => {
                return write!(f, "calendar user {user} is managed by somebody else: see take_over()");
            }
            Self::UnknownCaller { user } => {
                return write!(f, "a token doesn't tell whether calendar user {user} is the caller's: see take_over()");
            }
            Self::UnreadProfile { user } => {
                return write!(
                    f,
                    "the profile of calendar user {user} can't be read to take it over: give a setting(..)"
                );
            }
            Self::OtherData { event } => {
                return write!(
                    f,
                    "event {event} has this title and start, and other data: give the title what tells them apart"
                );
            }
            Self::NoSurvey => "a call has no survey to play: give one by survey(..)",
            Self::TooLate => "it is too late: the server looks back one hour for alarms, and twelve for events",
            Self::NotTheRoot { root } => return write!(f, "the event is a child of event {root}: give that one"),
            Self::WentOn => "the server made the next occurrence at the same time: do it again",
            Self::NaiveTimes => "times of the server have no offset: tell the client its zone by server_time_zone(..)",
        })
    }
}

impl std::error::Error for Refusal {}
