//! What an action on a callout needs besides the callout: the current time, and new ids.

use chrono::{DateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};
use serde::{Serialize, Serializer};

/// The time of a request or control action, and the source of new ids.
pub(super) struct RequestContext<'a> {
    pub(super) ids: &'a mut Ids,
    pub(super) now: Timestamp,
}

/// Numbers everything but callouts. All kinds share one sequence, so that no two ids are equal by chance.
#[derive(Debug)]
pub(super) struct Ids(u64);

impl Ids {
    /// Starts far from the numbers of callouts, customers, companies and responders.
    pub(super) fn new() -> Self {
        Self(100_000)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}

/// A time as AURA writes it: RFC 3339 in UTC, with three decimals and `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timestamp(DateTime<Utc>);

impl Timestamp {
    pub(super) fn new(time: DateTime<Utc>) -> Self {
        Self(time.trunc_subsecs(3))
    }

    /// The same time without its milliseconds, as a report stores it.
    pub(super) fn whole_second(self) -> Self {
        Self(self.0.trunc_subsecs(0))
    }

    /// This many milliseconds later.
    pub(super) fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.checked_add_signed(TimeDelta::milliseconds(millis)).unwrap_or(self.0))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}
