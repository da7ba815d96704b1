//! Time sheets: the business hours of sources.

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::{SourceId, TimeSheetId},
    params::setters,
    resource::{creatable, resource},
};
use care_client_core::wire::{open_enum, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A time sheet: the business hours of sources. Hours are ranges of seconds since midnight, such as
/// `32400-43200,50400-64800`; an empty text is a day on which it is closed.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "TimeSheet",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TimeSheet {
    /// Its id.
    pub id: TimeSheetId,
    /// Its label.
    pub label: Option<String>,
    /// Whether it is in use.
    pub active: Option<bool>,
    /// The name of its time zone.
    pub timezone: Option<String>,
    /// The sources that it is for.
    pub source_ids: Option<Vec<SourceId>>,
    /// The days on which it is closed.
    #[serde(alias = "holidays[]")]
    pub holidays: Option<Vec<Holiday>>,
    /// The hours of Monday.
    pub monday_hours: Option<String>,
    /// The hours of Tuesday.
    pub tuesday_hours: Option<String>,
    /// The hours of Wednesday.
    pub wednesday_hours: Option<String>,
    /// The hours of Thursday.
    pub thursday_hours: Option<String>,
    /// The hours of Friday.
    pub friday_hours: Option<String>,
    /// The hours of Saturday.
    pub saturday_hours: Option<String>,
    /// The hours of Sunday.
    pub sunday_hours: Option<String>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// A day on which a time sheet is closed.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "TimeSheetHoliday",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Holiday {
    /// The day, in the format of the account's locale.
    pub date: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

open_enum! {
    /// The country whose holidays a new time sheet begins with.
    pub enum HolidayRegion {
        /// Germany.
        De = "de",
        /// Spain.
        Es = "es",
        /// France.
        Fr = "fr",
        /// The United Kingdom.
        Gb = "gb",
        /// Italy.
        It = "it",
        /// The Netherlands.
        Nl = "nl",
        /// The United States.
        Us = "us",
    }
}

resource! {
    TimeSheet(TimeSheetId) at "time_sheets", called "the time sheet",
    named "time_sheets" { list, get, update, delete }
}

/// A list of time sheets, with its filters.
pub type ListTimeSheets = List<TimeSheet>;
creatable! { TimeSheet at "time_sheets", named "time_sheets", needs ["label"] }

/// A new time sheet. Made by [`NewTimeSheet::labelled`].
pub type NewTimeSheet = New<TimeSheet>;
/// A change of a time sheet.
pub type TimeSheetPatch = Patch<TimeSheet>;

impl New<TimeSheet> {
    /// A time sheet with this label.
    pub fn labelled(label: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.set("label", label.into());
        new
    }
}

setters! {
    impl New<TimeSheet> {
        /// Begins with the holidays of this country.
        value holidays_region("holidays_region"): HolidayRegion;
        /// Sets whether it is in use.
        flag active("active");
        /// Sets the sources that it is for; none clears them.
        ids sources("source_ids[]"): SourceId;
        /// Sets the hours of Monday, as ranges of seconds since midnight; empty if closed.
        text monday_hours("monday_hours");
        /// Sets the hours of Tuesday, as ranges of seconds since midnight; empty if closed.
        text tuesday_hours("tuesday_hours");
        /// Sets the hours of Wednesday, as ranges of seconds since midnight; empty if closed.
        text wednesday_hours("wednesday_hours");
        /// Sets the hours of Thursday, as ranges of seconds since midnight; empty if closed.
        text thursday_hours("thursday_hours");
        /// Sets the hours of Friday, as ranges of seconds since midnight; empty if closed.
        text friday_hours("friday_hours");
        /// Sets the hours of Saturday, as ranges of seconds since midnight; empty if closed.
        text saturday_hours("saturday_hours");
        /// Sets the hours of Sunday, as ranges of seconds since midnight; empty if closed.
        text sunday_hours("sunday_hours");
    }
}
setters! {
    impl Patch<TimeSheet> {
        /// Sets its label.
        text label("label");
        /// Sets whether it is in use.
        flag active("active");
        /// Sets the sources that it is for; none clears them.
        ids sources("source_ids[]"): SourceId;
        /// Sets the hours of Monday, as ranges of seconds since midnight; empty if closed.
        text monday_hours("monday_hours");
        /// Sets the hours of Tuesday, as ranges of seconds since midnight; empty if closed.
        text tuesday_hours("tuesday_hours");
        /// Sets the hours of Wednesday, as ranges of seconds since midnight; empty if closed.
        text wednesday_hours("wednesday_hours");
        /// Sets the hours of Thursday, as ranges of seconds since midnight; empty if closed.
        text thursday_hours("thursday_hours");
        /// Sets the hours of Friday, as ranges of seconds since midnight; empty if closed.
        text friday_hours("friday_hours");
        /// Sets the hours of Saturday, as ranges of seconds since midnight; empty if closed.
        text saturday_hours("saturday_hours");
        /// Sets the hours of Sunday, as ranges of seconds since midnight; empty if closed.
        text sunday_hours("sunday_hours");
    }
}

macro_rules! holiday {
    ($type:ty) => {
        impl $type {
            /// Adds a day on which it is closed. The date is in the format of the account's locale.
            pub fn holiday(mut self, date: impl Into<String>, name: impl Into<String>) -> Self {
                self.params.element("holidays", [("date", date.into()), ("name", name.into())]);
                self
            }
        }
    };
}

holiday! { New<TimeSheet> }
holiday! { Patch<TimeSheet> }

handle! {
    /// The operations on time sheets. Changes need the permission `update_time_sheet`.
    /// Returned by [`Engagement::time_sheets`](crate::Engagement::time_sheets).
    TimeSheets
}

operations! {
    TimeSheets of TimeSheet(TimeSheetId) at "time_sheets", called "time sheet", "time sheets";
    /// Active ones first, then by label.
    list,
    get,
    create,
    update,
    delete
}
