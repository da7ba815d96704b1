//! What is in the database.

use super::super::control_error::ControlError;
use super::super::message::Message;
use super::super::rows::{
    Alarm, AlarmRequest, Calendar, CalendarSetting, CalendarUserProfile, CallRequest, Event, Rule, User,
};
use super::Controller;

/// Defines two methods of [`Controller`]: all rows of a table, and one.
macro_rules! rows {
    ($($row:ident $table:ident $path:literal: $all:ident $all_doc:literal, $one:ident $one_doc:literal;)+) => {
        impl Controller {
            $(
                #[doc = $all_doc]
                #[must_use]
                pub fn $all(&self) -> Vec<$row> {
                    self.world.state().$table.iter().cloned().collect()
                }

                #[doc = $one_doc]
                ///
                /// # Errors
                ///
                /// There is none with this id.
                pub fn $one(&self, id: u64) -> Result<$row, ControlError> {
                    let unknown = || ControlError::UnknownRow { resource: $path, id };
                    self.world.state().$table.get(id).cloned().ok_or_else(unknown)
                }
            )+
        }
    };
}

rows! {
    User users "users": users "All users, in the order of their ids.", user "A user.";
    CalendarUserProfile profiles "calendar-user-profile":
        calendar_user_profiles "All profiles of calendar users, in the order of their ids.",
        calendar_user_profile "A profile, by its own id and not by the user's.";
    CalendarSetting settings "calendar-setting":
        calendar_settings "All calendar settings, in the order of their ids.", calendar_setting "A calendar setting.";
    Calendar calendars "calendar": calendars "All calendars, in the order of their ids.", calendar "A calendar.";
    Event events "event": events "All events, in the order of their ids.", event "An event.";
    Alarm alarms "alarm": alarms "All alarms, in the order of their ids.", alarm "An alarm.";
    AlarmRequest alarm_requests "alarm-request":
        alarm_requests "All tries of alarms, in the order of their ids.", alarm_request "A try of an alarm.";
    CallRequest call_requests "callrequest":
        call_requests "All calls, in the order of their ids.", call_request "A call.";
    Rule rules "rule": rules "All rules, in the order of their ids.", rule "A rule.";
}

impl Controller {
    /// All text messages and mails that were sent, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.world.state().sent.clone()
    }

    /// The calendar users, in the order of their ids: those who have a profile.
    #[must_use]
    pub fn calendar_users(&self) -> Vec<User> {
        let state = self.world.state();
        state.users.iter().filter(|user| state.profile_of(user.id).is_some()).cloned().collect()
    }
}
