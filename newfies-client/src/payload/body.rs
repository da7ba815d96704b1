//! The body of a write: named fields, with values in the documents' form.

use crate::{
    time::{ServerTime, Zone},
    wire::time_of_day,
};
use care_client_core::{Error, Link, Linked, Personal, Secret};
use chrono::NaiveTime;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;
use std::fmt;

/// The fields of a write, each once, in the order in which they were first set.
///
/// Whole numbers are sent as text, as in the documents; the server accepts both (defect `NEWF-26`). `Debug` shows names
/// only.
#[derive(Clone, PartialEq, Default)]
pub(crate) struct Body(Vec<(&'static str, Field)>);

/// A value to send.
#[derive(Clone, PartialEq)]
pub(crate) enum Field {
    Null,
    Flag(bool),
    Number(i64),
    Text(Personal<String>),
    Secret(Secret),
    Time(ServerTime),
    Json(Personal<Value>),
}

impl Body {
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<Field>) {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Field>) -> Self {
        self.set(name, value);
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Field> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The field's value, if it is a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Field::Text(text) => Some(text),
            Field::Secret(secret) => Some(secret.expose()),
            _ => None,
        }
    }

    pub(crate) fn time(&self, name: &str) -> Option<ServerTime> {
        match self.get(name)? {
            Field::Time(time) => Some(*time),
            _ => None,
        }
    }

    /// Turns naive times into points in time, if the client knows the server's zone.
    pub(crate) fn place(&mut self, zone: &Zone) {
        for (_, value) in &mut self.0 {
            if let Field::Time(time) = value {
                zone.place(time);
            }
        }
    }

    /// Refuses a text that is set and blank, as the server would.
    pub(crate) fn not_blank(&self, name: &'static str) -> Result<(), Error> {
        match self.text(name) {
            Some(text) if text.trim().is_empty() => Err(Error::request(format!("`{name}` is blank: set a text"))),
            _ => Ok(()),
        }
    }

    /// Refuses an end that isn't after the start: the server accepts it, and every occurrence inherits it.
    pub(crate) fn in_order(&self, start: &str, end: &str) -> Result<(), Error> {
        // NEWF-28
        let is_wrong = match (self.time(start), self.time(end)) {
            (Some(ServerTime::At(start)), Some(ServerTime::At(end))) => end <= start,
            (Some(ServerTime::Naive(start)), Some(ServerTime::Naive(end))) => end <= start,
            _ => false,
        };
        if is_wrong { Err(Error::request("the event doesn't end after it starts")) } else { Ok(()) }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            match value {
                Field::Null => map.serialize_entry(name, &()),
                Field::Flag(flag) => map.serialize_entry(name, flag),
                // NEWF-26
                Field::Number(number) => map.serialize_entry(name, &number.to_string()),
                Field::Text(text) => map.serialize_entry(name, text),
                Field::Secret(secret) => map.serialize_entry(name, secret.expose()),
                Field::Time(time) => map.serialize_entry(name, time),
                Field::Json(json) => map.serialize_entry(name, json),
            }?;
        }
        map.end()
    }
}

impl From<bool> for Field {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

/// The server's columns have 32 bits, and a larger number ends in 500 (defect `NEWF-34`), so no wider type converts.
impl From<i32> for Field {
    fn from(number: i32) -> Self {
        // NEWF-34
        Self::Number(number.into())
    }
}

impl From<String> for Field {
    fn from(text: String) -> Self {
        Self::Text(Personal(text))
    }
}

impl From<Secret> for Field {
    fn from(secret: Secret) -> Self {
        Self::Secret(secret)
    }
}

impl From<ServerTime> for Field {
    fn from(time: ServerTime) -> Self {
        Self::Time(time)
    }
}

impl From<NaiveTime> for Field {
    fn from(time: NaiveTime) -> Self {
        Self::Text(Personal(time_of_day::format(time)))
    }
}

impl From<Value> for Field {
    fn from(json: Value) -> Self {
        Self::Json(Personal(json))
    }
}

impl<T: Linked> From<Link<T>> for Field {
    fn from(link: Link<T>) -> Self {
        Self::Text(Personal(link.path()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{calendar_users::CalendarUser, codes::EventStatus};
    use serde_json::json;

    #[test]
    fn values_are_written_in_the_documents_form() {
        // NEWF-26: numbers as text. NEWF-31: flags as flags. NEWF-34: what 32 bits hold.
        let link: Link<CalendarUser> = Link::to(6);
        let body = Body::default()
            .with("number", i32::MAX)
            .with("code", EventStatus::Paused)
            .with("flag", false)
            .with("link", link)
            .with("at", ServerTime::At("2026-07-01T10:00:00+02:00".parse().unwrap()))
            .with("day", NaiveTime::from_hms_opt(6, 0, 0).unwrap())
            .with("data", json!({"sms_failure": "x"}))
            .with("none", Field::Null);
        assert_eq!(
            serde_json::to_value(&body).unwrap(),
            json!({"number": "2147483647", "code": "3", "flag": false, "link": "/rest-api/calendar-user/6/",
                "at": "2026-07-01T08:00:00Z", "day": "06:00:00", "data": {"sms_failure": "x"}, "none": null})
        );
    }

    #[test]
    fn a_field_is_set_once_and_debug_shows_no_value() {
        let body = Body::default().with("a", "CANARY".to_owned()).with("b", 1).with("a", "CANARY".to_owned());
        assert_eq!(serde_json::to_string(&body).unwrap(), r#"{"a":"CANARY","b":"1"}"#);
        assert_eq!(format!("{body:?}"), r#"{"a", "b"}"#);
        assert!(body.not_blank("a").is_ok() && body.with("a", " ".to_owned()).not_blank("a").is_err());
    }
}
