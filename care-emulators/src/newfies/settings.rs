//! The settings that the builder collects.

use crate::newfies::links::Root;
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use std::sync::Arc;

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) username: String,
    pub(super) password: String,
    pub(super) token: String,
    pub(super) superuser: bool,
    pub(super) generation: Generation,
    pub(super) zone: Zone,
    pub(super) documented_alarm_rules: bool,
    pub(super) documented: bool,
    /// Whether the crashes around calendar users are fixed.
    pub(super) repaired: bool,
    /// The accepted host names; `None` for all.
    pub(super) allowed_hosts: Option<Vec<String>>,
    pub(super) basic_challenge: bool,
    pub(super) behind_tls: bool,
    pub(super) unordered_lists: bool,
    pub(super) stray_event_url: bool,
    /// The path prefix of every resource.
    pub(super) prefix: String,
    pub(super) root: Root,
    /// The host of requests that name none; from the start on the listening address.
    pub(super) fallback_host: String,
}

impl Settings {
    /// Whether the view of calendar users crashes after it has stored a new one.
    pub(super) fn crashes_on_calendar_users(&self) -> bool {
        self.generation == Generation::G2 && !self.repaired
    }

    /// Whether a `user` in the profile of a calendar user is looked up in a table that doesn't exist.
    pub(super) fn crashes_on_profiles(&self) -> bool {
        self.generation >= Generation::G1 && !self.repaired
    }
}

/// The release that the emulator behaves as. No response names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Generation {
    /// The server of the documented examples, of December 2013, before the first release with the appointment module.
    ///
    /// A created calendar user comes with `url`, `groups` and a `Location`. Permissions aren't checked.
    G0,
    /// Releases 2.10.0 to 2.14.11.
    ///
    /// A created calendar user comes without `url`, `groups` and `Location`. Permissions are checked.
    G1,
    /// Releases 2.15.0 to 2.20.2.
    ///
    /// Creating a calendar user ends in 500 after the user was stored, without a profile. Events list their alarms.
    /// Numbers of alarms can't be null.
    G2,
}

impl Generation {
    /// Whether JSON comes with a charset: as in the documented examples, and not in the last releases.
    pub(super) fn sends_charset(self) -> bool {
        self < Self::G2
    }

    pub(super) fn checks_permissions(self) -> bool {
        self >= Self::G1
    }

    /// Whether responses to writes of calendar users contain `url` and `groups`.
    pub(super) fn links_calendar_users(self) -> bool {
        self == Self::G0
    }

    pub(super) fn lists_alarms(self) -> bool {
        self == Self::G2
    }

    /// Whether the numbers of an alarm may be null.
    pub(super) fn has_null_numbers(self) -> bool {
        self <= Self::G1
    }

    /// Whether a calendar setting requires a `callerid`.
    pub(super) fn needs_caller_id(self) -> bool {
        self <= Self::G1
    }
}

type ToUtc = dyn Fn(NaiveDateTime) -> Option<DateTime<Utc>> + Send + Sync;
type FromUtc = dyn Fn(DateTime<Utc>) -> NaiveDateTime + Send + Sync;

/// A time zone of any type.
#[derive(Clone)]
pub(super) struct Zone {
    to_utc: Arc<ToUtc>,
    from_utc: Arc<FromUtc>,
}

impl Zone {
    pub(super) fn new<Z>(zone: Z) -> Self
    where
        Z: TimeZone + Send + Sync + 'static,
    {
        let other = zone.clone();
        Self {
            to_utc: Arc::new(move |local| zone.from_local_datetime(&local).single().map(|time| time.to_utc())),
            from_utc: Arc::new(move |time| time.with_timezone(&other).naive_local()),
        }
    }

    /// `None` for an ambiguous or nonexistent local time.
    pub(super) fn to_utc(&self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        (self.to_utc)(local)
    }

    pub(super) fn local(&self, time: DateTime<Utc>) -> NaiveDateTime {
        (self.from_utc)(time)
    }
}
