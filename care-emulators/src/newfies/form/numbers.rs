//! Numbers, choices, booleans and times.

use crate::newfies::{
    form::{Field, Form, REQUIRED, as_text, is_empty},
    timestamp::{self, Sent},
};
use chrono::{DateTime, Datelike, NaiveTime, Utc};
use serde_json::Value;
use std::ops::RangeInclusive;

const NOT_WHOLE: &str = "Enter a whole number.";

/// Parses a whole number: a number, or a string of digits. `None` if it doesn't fit any column.
fn whole(value: &Value) -> Result<Option<i64>, ()> {
    /// From here on, a float is a whole number that was too long for an integer.
    const LONG: f64 = 9_223_372_036_854_775_808.0;
    let digits = |text: &str| text.strip_prefix(['+', '-']).unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit());
    match value {
        Value::Number(number) if number.is_f64() => {
            if number.as_f64().is_some_and(|float| float.abs() >= LONG) {
                Ok(None)
            } else {
                Err(())
            }
        }
        Value::Number(number) => Ok(number.as_i64()),
        Value::String(text) => match text.trim().parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) if text.trim().len() > 18 && digits(text.trim()) => Ok(None),
            Err(_) => Err(()),
        },
        _ => Err(()),
    }
}

impl Form<'_> {
    /// A 32-bit integer or null.
    pub(in crate::newfies) fn integer_or_null(&mut self, field: Field, into: &mut Option<i32>) {
        let Some(value) = self.take(field.kind("integer")) else { return };
        if is_empty(value) {
            match field {
                Field { is_needed: true, .. } => self.errors.add(field.name, REQUIRED),
                // The column refuses it, after all fields were read.
                Field { is_required: true, .. } => self.refuse(field.name, "This field cannot be null."),
                _ => *into = None,
            }
            return;
        }
        match whole(value).map(|number| number.and_then(|number| i32::try_from(number).ok())) {
            Ok(Some(number)) => *into = Some(number),
            Ok(None) => self.overflows = true,
            Err(()) => self.errors.add(field.name, NOT_WHOLE),
        }
    }

    /// A 32-bit integer.
    pub(in crate::newfies) fn integer(&mut self, name: &'static str, into: &mut i32) {
        let mut read = Some(*into);
        self.integer_or_null(Field::defaulted(name), &mut read);
        *into = read.unwrap_or(*into);
    }

    /// A non-negative 32-bit integer or null.
    pub(in crate::newfies) fn positive_or_null(&mut self, name: &'static str, into: &mut Option<i32>) {
        let sent = self.sent.get(name).map(whole);
        if matches!(sent, Some(Ok(Some(number))) if number < 0) {
            self.take(Field::optional(name).kind("integer"));
            self.errors.add(name, "Ensure this value is greater than or equal to 0.");
        } else {
            self.integer_or_null(Field::optional(name), into);
        }
    }

    /// A choice among numbers, or null. The row's value is validated even if the field wasn't sent.
    pub(in crate::newfies) fn choice_or_null(
        &mut self,
        field: Field,
        choices: RangeInclusive<i64>,
        into: &mut Option<i64>,
    ) {
        if let Some(value) = self.take(field.kind("choice")) {
            let number = match value {
                Value::Bool(yes) => Some(i64::from(*yes)),
                // Compared as a number, so that 1.0 is 1; a text is compared to the digit's.
                Value::Number(number) if number.as_f64().is_some_and(|float| float.fract() == 0.0) => {
                    number.as_f64().map(|float| float as i64)
                }
                Value::String(text) if text.trim() != text => None,
                other => whole(other).ok().flatten(),
            };
            match number {
                _ if is_empty(value) && field.is_needed => self.errors.add(field.name, REQUIRED),
                _ if is_empty(value) && field.is_required => {
                    self.refuse(field.name, "'' value must be an integer.");
                }
                _ if is_empty(value) => *into = None,
                // The number 0 passes as empty here, and is an invalid choice below; the text doesn't.
                Some(0) if value.is_number() => *into = Some(0),
                Some(number) if choices.contains(&number) => *into = Some(number),
                _ => {
                    let sent = as_text(value);
                    let message = format!("Select a valid choice. {sent} is not one of the available choices.");
                    self.errors.add(field.name, message);
                }
            }
        }
        if let Some(number) = into.filter(|number| !choices.contains(number)) {
            self.refuse(field.name, format!("Value {number} is not a valid choice."));
        }
    }

    /// A choice among numbers.
    pub(in crate::newfies) fn choice(&mut self, name: &'static str, choices: RangeInclusive<i64>, into: &mut i64) {
        let mut read = Some(*into);
        self.choice_or_null(Field::defaulted(name), choices, &mut read);
        *into = read.unwrap_or(*into);
    }

    /// A boolean. Unknown strings are true unless they are empty.
    pub(in crate::newfies) fn boolean(&mut self, name: &'static str, into: &mut bool) {
        let Some(value) = self.take(Field::optional(name).kind("boolean")) else { return };
        *into = match value {
            Value::Bool(yes) => *yes,
            Value::Number(number) => number.as_f64() != Some(0.0),
            Value::String(text) => !matches!(text.as_str(), "false" | "f" | "False" | "0" | ""),
            other => !is_empty(other),
        };
    }
}

const TIME_FORMAT: &str =
    "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]";
const TIME_OF_DAY_FORMAT: &str = "Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]]";

impl Form<'_> {
    /// A time or null. A time without an offset is in the server's time zone; if it is ambiguous or nonexistent there,
    /// the server crashes.
    pub(in crate::newfies) fn time_or_null(&mut self, field: Field, into: &mut Option<DateTime<Utc>>) {
        let Some(value) = self.take(field.kind("datetime")) else { return };
        if is_empty(value) {
            if field.is_required {
                self.errors.add(field.name, REQUIRED);
            } else {
                *into = None;
            }
            return;
        }
        let Some(sent) = value.as_str().and_then(timestamp::read) else {
            return self.errors.add(field.name, TIME_FORMAT);
        };
        let time = match sent {
            // Python's dates end with the year 9999.
            Sent::Offset(time) => Some(time.to_utc()).filter(|time| (1..=9999).contains(&time.year())),
            Sent::Naive(time) => self.settings.zone.to_utc(time),
        };
        self.overflows |= time.is_none();
        *into = time;
        if let Some(echo) = sent.echo() {
            self.echo.insert(field.name.to_owned(), Value::from(echo));
        }
    }

    /// A time.
    pub(in crate::newfies) fn time(&mut self, field: Field, into: &mut DateTime<Utc>) {
        let mut read = Some(*into);
        self.time_or_null(field, &mut read);
        *into = read.unwrap_or(*into);
    }

    /// A time of day.
    pub(in crate::newfies) fn time_of_day(&mut self, name: &'static str, into: &mut NaiveTime) {
        match self.take(Field::defaulted(name).kind("time")) {
            None => {}
            Some(value) if is_empty(value) => self.errors.add(name, REQUIRED),
            Some(value) => match value.as_str().and_then(timestamp::read_time_of_day) {
                Some(time) => *into = time,
                None => self.errors.add(name, TIME_OF_DAY_FORMAT),
            },
        }
    }
}
