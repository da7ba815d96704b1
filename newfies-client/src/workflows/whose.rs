use crate::{CalendarUserId, NewCalendarUser};
use care_client_core::Personal;

/// Whose calendar a [`Reminder`](crate::Reminder) goes into.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CalendarUserRef {
    /// A calendar user who is there.
    Existing(CalendarUserId),
    /// The calendar user with this name, who is there.
    Named(Personal<String>),
    /// The calendar user with this name, who is made if there is none.
    New(NewCalendarUser),
}

impl CalendarUserRef {
    /// The calendar user with this name, who is there.
    pub fn named(username: impl Into<String>) -> Self {
        Self::Named(Personal(username.into()))
    }
}

impl From<CalendarUserId> for CalendarUserRef {
    fn from(id: CalendarUserId) -> Self {
        Self::Existing(id)
    }
}

impl From<NewCalendarUser> for CalendarUserRef {
    fn from(new: NewCalendarUser) -> Self {
        Self::New(new)
    }
}
