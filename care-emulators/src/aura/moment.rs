//! Times as AURA writes them.

use chrono::{DateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};
use serde::{Serialize, Serializer};

/// A time, on the wire RFC 3339 in UTC with three decimals and `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment(DateTime<Utc>);

impl Moment {
    pub(super) fn new(time: DateTime<Utc>) -> Self {
        Self(time.trunc_subsecs(3))
    }

    /// The same time without its milliseconds, as a report keeps it.
    pub(super) fn whole_second(self) -> Self {
        Self(self.0.trunc_subsecs(0))
    }

    /// Some milliseconds later.
    pub(super) fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.checked_add_signed(TimeDelta::milliseconds(millis)).unwrap_or(self.0))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}
