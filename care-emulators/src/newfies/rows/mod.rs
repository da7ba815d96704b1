//! The rows of the database, which are what the [`Controller`](super::Controller) shows.

mod alarm;
mod alarm_request;
mod calendar;
mod calendar_setting;
mod calendar_user_profile;
mod call_request;
mod event;
mod rule;
mod stock;
mod user;

pub use alarm::Alarm;
pub use alarm_request::AlarmRequest;
pub use calendar::Calendar;
pub use calendar_setting::CalendarSetting;
pub use calendar_user_profile::CalendarUserProfile;
pub use call_request::CallRequest;
pub use event::Event;
pub use rule::Rule;
pub(super) use stock::{Gateway, SmsGateway, Survey, Template};
pub use user::User;

/// `Debug` of a row: the named fields. What is personal or secret is not named.
macro_rules! debug_fields {
    ($row:ident { $($field:ident),+ }) => {
        impl std::fmt::Debug for $row {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($row))$(.field(stringify!($field), &self.$field))+.finish_non_exhaustive()
            }
        }
    };
}
use debug_fields;
