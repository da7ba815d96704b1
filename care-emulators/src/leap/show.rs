//! Support requests as answers show them.

use std::fmt::Write;

use chrono::{DateTime, Utc};

use super::element::NAMESPACE;
use super::moment;
use super::settings::Settings;
use super::support_request::SupportRequest;
use super::xml::Xml;

const REQUEST: &str = "support-request";
const REQUESTS: &str = "support-requests";

/// How much of a request is shown. The documented examples differ in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// All there is.
    Detail,
    /// In the list of all: with its flag, and without property and product offer.
    OfAll,
    /// In a list by topic: with property and product offer, and without its flag.
    OfTopic,
}

/// Writes answers.
pub(super) struct Show<'a>(pub(super) &'a Settings);

impl Show<'_> {
    /// The answer with one request.
    pub(super) fn one(&self, request: &SupportRequest) -> String {
        let mut xml = Xml::default();
        self.request(&mut xml, request, Sight::Detail);
        xml.finish()
    }

    /// The answer with a list.
    pub(super) fn list<'r>(&self, requests: impl Iterator<Item = &'r SupportRequest>, sight: Sight) -> String {
        let mut requests = requests.peekable();
        let (mut xml, namespace) = (Xml::default(), [("xmlns", Some(NAMESPACE))]);
        if requests.peek().is_none() {
            xml.empty(REQUESTS, &namespace);
            return xml.finish();
        }
        xml.open(REQUESTS, &namespace);
        requests.for_each(|request| self.request(&mut xml, request, sight));
        xml.close(REQUESTS);
        xml.finish()
    }

    /// The answer to a new external identifier.
    pub(super) fn reference(&self, request: &SupportRequest) -> String {
        let mut xml = Xml::default();
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
        moment::write(time, self.0.offset)
    }

    /// The address of something, which begins with `http` and not with the emulator's own address, as the vendor's do.
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

    fn request(&self, xml: &mut Xml, request: &SupportRequest, sight: Sight) {
        let unacked = request.unacked_since.filter(|_| sight != Sight::OfTopic).map(|since| self.time(since));
        let attributes = [
            ("xmlns", Some(NAMESPACE)),
            ("identifier", Some(&*request.id)),
            ("ref", Some(&*self.address("requests", &request.id))),
            ("extid", request.external_id.as_deref()),
            ("unacked-since", unacked.as_deref()),
        ];
        xml.open(REQUEST, &attributes);
        xml.text("state", request.state.as_str());
        self.concerns(xml, request, sight);
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
        if sight == Sight::Detail {
            self.updates(xml, request);
        }
        xml.close(REQUEST);
    }

    /// Topics, property and product offer.
    fn concerns(&self, xml: &mut Xml, request: &SupportRequest, sight: Sight) {
        let (given, detail) = (&request.given, sight == Sight::Detail);
        let extid = |id: &'_ Option<String>| if detail { id.clone() } else { None };
        let topic = extid(&given.topic_external_id);
        xml.empty("topic", &[("identifier", Some(&given.topic)), ("extid", topic.as_deref())]);
        if let Some(id) = given.sub_topic.as_deref().filter(|_| detail) {
            let sub_topic = extid(&given.sub_topic_external_id);
            xml.empty("sub-topic", &[("identifier", Some(id)), ("extid", sub_topic.as_deref())]);
        }
        if sight == Sight::OfAll {
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

    fn updates(&self, xml: &mut Xml, request: &SupportRequest) {
        xml.open("updates", &[]);
        for update in &request.updates {
            let unacked = update.unacked_since.map(|since| self.time(since));
            xml.open("update", &[("unacked-since", unacked.as_deref())]);
            xml.text("type", update.kind.as_str());
            optional(xml, "state", update.state.map(super::state::State::as_str));
            xml.text("update-time", &self.time(update.time));
            xml.text("updater", &update.updater);
            xml.text("comment", &update.comment);
            xml.close("update");
        }
        xml.close("updates");
    }
}

fn optional(xml: &mut Xml, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        xml.text(name, text);
    }
}
