//! Support requests in responses, and times as LEAP writes and reads them.

use super::{
    settings::Settings,
    state::State,
    support_request::SupportRequest,
    xml::{NAMESPACE, XmlWriter},
};
use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use std::fmt::Write;

const REQUEST: &str = "support-request";
const REQUESTS: &str = "support-requests";

/// How much of a request a response shows. The documented examples differ in this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everything.
    One,
    /// In the list of all: with the flag, without property and product offer.
    OfAll,
    /// In a list by topic: with property and product offer, without the flag.
    OfTopic,
}

/// Writes responses with these settings.
pub(super) struct View<'a>(pub(super) &'a Settings);

impl View<'_> {
    /// The response with one request.
    pub(super) fn one(&self, request: &SupportRequest) -> String {
        let mut xml = XmlWriter::default();
        self.request(&mut xml, request, Scope::One);
        xml.finish()
    }

    /// The response with a list.
    pub(super) fn list<'r>(&self, requests: impl Iterator<Item = &'r SupportRequest>, scope: Scope) -> String {
        let mut requests = requests.peekable();
        let (mut xml, namespace) = (XmlWriter::default(), [("xmlns", Some(NAMESPACE))]);
        if requests.peek().is_none() {
            xml.empty(REQUESTS, &namespace);
            return xml.finish();
        }
        xml.open(REQUESTS, &namespace);
        requests.for_each(|request| self.request(&mut xml, request, scope));
        xml.close(REQUESTS);
        xml.finish()
    }

    /// The response to a change of the external identifier.
    pub(super) fn reference(&self, request: &SupportRequest) -> String {
        let mut xml = XmlWriter::default();
        let attributes = [
            ("xmlns", Some(NAMESPACE)),
            ("ref", Some(&*self.address("requests", &request.id))),
            ("identifier", Some(&request.id)),
            ("extid", request.external_id.as_deref()),
        ];
        xml.empty("ref", &attributes);
        xml.finish()
    }

    fn time(&self, time: DateTime<Utc>) -> String {
        write_time(time, self.0.offset)
    }

    /// The address of an object. It starts with `http` and not with the emulator's own address, as the vendor's do.
    fn address(&self, kind: &str, id: &str) -> String {
        let mut address = format!("{}/{kind}/", self.0.references);
        for byte in id.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                address.push(char::from(byte));
            } else {
                // Writing to a string can't fail.
                let _ = write!(address, "%{byte:02X}");
            }
        }
        address
    }

    fn request(&self, xml: &mut XmlWriter, request: &SupportRequest, scope: Scope) {
        let unacked = request.unacked_since.filter(|_| scope != Scope::OfTopic).map(|since| self.time(since));
        let attributes = [
            ("xmlns", Some(NAMESPACE)),
            ("identifier", Some(&*request.id)),
            ("ref", Some(&*self.address("requests", &request.id))),
            ("extid", request.external_id.as_deref()),
            ("unacked-since", unacked.as_deref()),
        ];
        xml.open(REQUEST, &attributes);
        xml.text("state", request.state.as_str());
        self.subject(xml, request, scope);
        let given = &request.given;
        xml.text("summary", &request.summary);
        optional(xml, "description", given.description.as_deref());
        xml.text("creation-time", &self.time(request.created));
        xml.text("last-update-time", &self.time(request.last_updated));
        xml.text("creator", &given.creator);
        optional(xml, "assignee", request.assignee.as_deref());
        xml.text("community", &given.community);
        optional(xml, "email", given.email.as_deref());
        if let Some(id) = &given.account {
            let attributes = [("identifier", Some(&**id)), ("ref", Some(&*self.address("customers", id)))];
            xml.empty("account", &attributes);
        }
        if scope == Scope::One {
            self.updates(xml, request);
        }
        xml.close(REQUEST);
    }

    /// Topics, property and product offer.
    fn subject(&self, xml: &mut XmlWriter, request: &SupportRequest, scope: Scope) {
        let (given, detail) = (&request.given, scope == Scope::One);
        let extid = |id: &'_ Option<String>| if detail { id.clone() } else { None };
        let topic = extid(&given.topic_external_id);
        xml.empty("topic", &[("identifier", Some(&given.topic)), ("extid", topic.as_deref())]);
        if let Some(id) = given.sub_topic.as_deref().filter(|_| detail) {
            let sub_topic = extid(&given.sub_topic_external_id);
            xml.empty("sub-topic", &[("identifier", Some(id)), ("extid", sub_topic.as_deref())]);
        }
        if scope == Scope::OfAll {
            return;
        }
        if let Some(id) = &given.property {
            let unacked = request.property_unacked_since.map(|since| self.time(since));
            let attributes = [
                ("identifier", Some(&**id)),
                ("ref", Some(&*self.address("properties", id))),
                ("external-reference", given.property_external_id.as_deref()),
                ("unacked-since", unacked.as_deref()),
            ];
            xml.empty("property", &attributes);
        }
        if let Some(id) = &given.offer {
            xml.empty("purchased-product-offer", &[("identifier", Some(id))]);
        }
        optional(xml, "purchased-product-offer-name", given.offer_name.as_deref());
    }

    fn updates(&self, xml: &mut XmlWriter, request: &SupportRequest) {
        xml.open("updates", &[]);
        for update in &request.updates {
            let unacked = update.unacked_since.map(|since| self.time(since));
            xml.open("update", &[("unacked-since", unacked.as_deref())]);
            xml.text("type", update.kind.as_str());
            optional(xml, "state", update.state.map(State::as_str));
            xml.text("update-time", &self.time(update.time));
            xml.text("updater", &update.updater);
            xml.text("comment", &update.comment);
            xml.close("update");
        }
        xml.close("updates");
    }
}

fn optional(xml: &mut XmlWriter, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        xml.text(name, text);
    }
}

/// Writes a time of a response: three decimals, and an offset without a colon.
pub(super) fn write_time(time: DateTime<Utc>, offset: FixedOffset) -> String {
    time.with_timezone(&offset).format("%Y-%m-%dT%H:%M:%S%.3f%z").to_string()
}

/// Reads a time of a query: three decimals and `Z`, as in the documented parameters, or the form of responses.
pub(super) fn read_time(text: &str) -> Option<DateTime<Utc>> {
    // The lengths are compared because chrono accepts a time without decimals, too.
    match text.len() {
        24 => NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.3fZ").ok().map(|time| time.and_utc()),
        28 => DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.3f%z").ok().map(|time| time.to_utc()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_documented_forms_are_read_and_no_other() {
        let utc = read_time("2010-04-06T12:43:17.123Z").unwrap();
        assert_eq!(utc.timestamp_millis(), 1_270_557_797_123);
        assert_eq!(read_time("2010-04-06T22:43:17.123+1000"), Some(utc));
        for wrong in
            ["", "2010-04-06", "2010-04-06T12:43:17Z", "2010-04-06T12:43:17.123+00:00", "2010-04-06T12:43:17.1234"]
        {
            assert_eq!(read_time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_answer_has_an_offset_without_a_colon() {
        let time = read_time("2010-04-06T12:43:17.120Z").unwrap();
        assert_eq!(write_time(time, FixedOffset::east_opt(36_000).unwrap()), "2010-04-06T22:43:17.120+1000");
        assert_eq!(write_time(time, FixedOffset::east_opt(0).unwrap()), "2010-04-06T12:43:17.120+0000");
    }
}
