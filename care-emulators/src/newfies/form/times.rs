//! Times and times of day.

use chrono::{DateTime, NaiveTime, Utc};
use serde_json::Value;

use super::super::moment::{self, Sent};
use super::{Field, Form, REQUIRED, is_empty};

const TIME_FORMAT: &str =
    "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]";
const TIME_OF_DAY_FORMAT: &str = "Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]]";

impl Form<'_> {
    /// A time, or null. One without an offset is of the server's zone; it breaks the server if the zone's clocks show it twice or never.
    pub(in super::super) fn time_or_null(&mut self, field: Field, into: &mut Option<DateTime<Utc>>) {
        let Some(value) = self.take(field.kind("datetime")) else { return };
        if is_empty(value) {
            if field.is_required {
                self.errors.add(field.name, REQUIRED);
            } else {
                *into = None;
            }
            return;
        }
        let Some(sent) = value.as_str().and_then(moment::read) else {
            return self.errors.add(field.name, TIME_FORMAT);
        };
        let time = match sent {
            Sent::Offset(time) => Some(time.to_utc()),
            Sent::Naive(time) => self.settings.zone.to_utc(time),
        };
        self.overflows |= time.is_none();
        *into = time;
        if let Some(echo) = sent.echo() {
            self.echo.insert(field.name.to_owned(), Value::from(echo));
        }
    }

    /// A time.
    pub(in super::super) fn time(&mut self, field: Field, into: &mut DateTime<Utc>) {
        let mut read = Some(*into);
        self.time_or_null(field, &mut read);
        *into = read.unwrap_or(*into);
    }

    /// A time of day.
    pub(in super::super) fn time_of_day(&mut self, name: &'static str, into: &mut NaiveTime) {
        match self.take(Field::defaulted(name).kind("time")) {
            None => {}
            Some(value) if is_empty(value) => self.errors.add(name, REQUIRED),
            Some(value) => match value.as_str().and_then(moment::read_time_of_day) {
                Some(time) => *into = time,
                None => self.errors.add(name, TIME_OF_DAY_FORMAT),
            },
        }
    }
}
