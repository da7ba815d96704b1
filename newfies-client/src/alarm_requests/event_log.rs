//! The nested log of an event's attempts, whose keys hold ids.

use crate::{
    alarm_requests::model::AlarmRequest,
    alarms::Alarm,
    codes::AlarmRequestStatus,
    events::Event,
    ids::{AlarmId, AlarmRequestId, CallRequest},
    resource::{Row, sealed::Sealed},
    time::{ServerTime, Zone},
    wire::{none_number, none_text},
};
use care_client_core::{Link, wire::link};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor},
    ser::{Error as _, SerializeMap},
};
use serde_json::Value;
use std::{collections::BTreeMap, fmt, marker::PhantomData};

/// The attempts of all children of a root event, by alarm.
///
/// On the wire it is an object with keys such as `event-5`, `alarm-23` and `alarm-request-48`, among others and
/// unordered (defect [`NEWF-17`](crate::defects)); here it is lists, ordered by id.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Get detailed log from alarm request for a event",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct EventLog {
    /// The root event.
    pub event: Link<Event>,
    /// The alarms of its children.
    pub alarms: Vec<AlarmLog>,
}

/// The attempts of one alarm.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AlarmLog {
    /// The alarm.
    pub alarm: AlarmId,
    /// Its link.
    pub url: Option<Link<Alarm>>,
    /// Its attempts.
    pub requests: Vec<RequestLog>,
}

/// One attempt.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RequestLog {
    /// Its number.
    pub id: AlarmRequestId,
    /// Its link.
    pub url: Option<Link<AlarmRequest>>,
    /// Its status.
    pub status: Option<AlarmRequestStatus>,
    /// The dialler's call for it.
    pub callrequest: Option<Link<CallRequest>>,
    /// The duration of the call, in seconds.
    pub duration: Option<i64>,
    /// When it was created.
    pub date: Option<ServerTime>,
    /// A number that the server never changes.
    pub callstatus: Option<i64>,
}

impl RequestLog {
    /// The same from a row of the list.
    pub(crate) fn of(row: AlarmRequest) -> Self {
        let id = row.id();
        let AlarmRequest { url, status, callrequest, duration, date, callstatus, .. } = row;
        Self { id, url: Some(url), status, callrequest, duration, date: Some(date), callstatus }
    }
}

/// The value of `alarm-request-48`.
#[derive(Deserialize, Serialize)]
struct Request {
    #[serde(default, with = "link::option")]
    url: Option<Link<AlarmRequest>>,
    #[serde(default, with = "none_text")]
    status: Option<AlarmRequestStatus>,
    #[serde(rename = "alarm-callrequest", default, with = "link::option")]
    callrequest: Option<Link<CallRequest>>,
    #[serde(default, with = "none_number")]
    duration: Option<i64>,
    #[serde(default, with = "none_text")]
    date: Option<ServerTime>,
    #[serde(default, with = "none_number")]
    callstatus: Option<i64>,
}

/// An object with one fixed key, and numbered ones with a common prefix. Other keys are ignored.
struct Numbered<F, T> {
    fixed: Option<F>,
    numbered: BTreeMap<u64, T>,
}

/// The number after a prefix. `alarm-request-48` has none after `alarm`.
fn number_of(key: &str, prefix: &str) -> Option<u64> {
    // NEWF-17
    let (before, digits) = key.rsplit_once('-')?;
    (before == prefix && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// Reads an object by its keys, whatever their order.
struct Keys<F, T> {
    fixed: &'static str,
    prefix: &'static str,
    read: PhantomData<(F, T)>,
}

impl<'de, F: DeserializeOwned, T: Deserialize<'de>> Visitor<'de> for Keys<F, T> {
    type Value = Numbered<F, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with keys such as {}-1", self.prefix)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Numbered<F, T>, A::Error> {
        let (mut fixed, mut numbered) = (None, BTreeMap::new());
        while let Some(key) = map.next_key::<String>()? {
            if key == self.fixed {
                let value: Value = map.next_value()?;
                fixed = F::deserialize(value).map(Some).map_err(A::Error::custom)?;
            } else if let Some(number) = number_of(&key, self.prefix) {
                numbered.insert(number, map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Numbered { fixed, numbered })
    }
}

/// The value of `alarm-23`.
struct Requests(Option<Link<Alarm>>, BTreeMap<u64, Request>);

impl<'de> Deserialize<'de> for Requests {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys = Keys::<Link<Alarm>, Request> { fixed: "url", prefix: "alarm-request", read: PhantomData };
        deserializer.deserialize_map(keys).map(|found| Self(found.fixed, found.numbered))
    }
}

/// The value of `event-5`.
struct Alarms(BTreeMap<u64, Requests>);

impl<'de> Deserialize<'de> for Alarms {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys = Keys::<Value, Requests> { fixed: "url", prefix: "alarm", read: PhantomData };
        deserializer.deserialize_map(keys).map(|found| Self(found.numbered))
    }
}

impl<'de> Deserialize<'de> for EventLog {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys = Keys::<Link<Event>, Alarms> { fixed: "event-url", prefix: "event", read: PhantomData };
        let Numbered { fixed, numbered } = deserializer.deserialize_map(keys)?;
        let event = fixed.ok_or_else(|| D::Error::missing_field("event-url"))?;
        let alarms = numbered.into_values().flat_map(|Alarms(alarms)| alarms);
        let alarms = alarms.map(|(id, Requests(url, requests))| AlarmLog {
            alarm: id.into(),
            url,
            requests: requests.into_iter().map(|(id, request)| request.numbered(id)).collect(),
        });
        Ok(Self { event, alarms: alarms.collect() })
    }
}

impl Request {
    fn numbered(self, id: u64) -> RequestLog {
        let Self { url, status, callrequest, duration, date, callstatus } = self;
        RequestLog { id: id.into(), url, status, callrequest, duration, date, callstatus }
    }

    fn of(log: &RequestLog) -> Self {
        let RequestLog { url, status, callrequest, duration, date, callstatus, .. } = *log;
        Self { url, status, callrequest, duration, date, callstatus }
    }
}

/// In the wire's form, so that it can be read again.
impl Serialize for EventLog {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut alarms = serde_json::Map::new();
        for log in &self.alarms {
            let mut keys = serde_json::Map::new();
            if let Some(url) = &log.url {
                keys.insert("url".to_owned(), url.path().into());
            }
            for request in &log.requests {
                let value = serde_json::to_value(Request::of(request)).map_err(S::Error::custom)?;
                keys.insert(format!("alarm-request-{}", request.id), value);
            }
            alarms.insert(format!("alarm-{}", log.alarm), Value::Object(keys));
        }
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("event-url", &self.event)?;
        map.serialize_entry(&format!("event-{}", self.event.id()), &alarms)?;
        map.end()
    }
}

impl Sealed for EventLog {}

impl Row for EventLog {
    #[allow(private_interfaces, reason = "the trait is sealed")]
    fn place(&mut self, zone: &Zone) {
        let requests = self.alarms.iter_mut().flat_map(|alarm| &mut alarm.requests);
        requests.filter_map(|request| request.date.as_mut()).for_each(|date| zone.place(date));
    }
}
