//! The plainest way to read a list: a bare loop over quick-xml's events, which looks neither at the root nor at
//! namespaces, takes the document for well-formed, and keeps dates as text.

use leap_client::{ExternalId, RequestId, State};
use quick_xml::{
    XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
    reader::Reader,
};
use std::error::Error;

#[derive(Default)]
#[allow(dead_code, reason = "only read from XML")]
pub(crate) struct Request {
    identifier: Option<RequestId>,
    href: Option<String>,
    extid: Option<ExternalId>,
    unacked_since: Option<String>,
    state: Option<State>,
    topic: Option<EntityRef>,
    sub_topic: Option<EntityRef>,
    property: Option<EntityRef>,
    purchased_product_offer: Option<EntityRef>,
    purchased_product_offer_name: Option<String>,
    summary: Option<String>,
    description: Option<String>,
    creation_time: Option<String>,
    last_update_time: Option<String>,
    creator: Option<String>,
    assignee: Option<String>,
    community: Option<String>,
    email: Option<String>,
    account: Option<EntityRef>,
    updates: Option<Vec<()>>,
}

#[derive(Default)]
#[allow(dead_code, reason = "only read from XML")]
struct EntityRef {
    identifier: Option<String>,
    href: Option<String>,
    extid: Option<String>,
    unacked_since: Option<String>,
}

pub(crate) fn read(body: &[u8]) -> Result<Vec<Request>, Box<dyn Error>> {
    let mut reader = Reader::from_reader(body);
    reader.config_mut().trim_text(true);
    let mut requests = Vec::new();
    let mut request = Request::default();
    loop {
        match reader.read_event()? {
            Event::Start(tag) => match tag.name().as_ref() {
                "support-request" => request = begin(&tag)?,
                "state" => request.state = Some(State::from(text(&mut reader)?.as_str())),
                "purchased-product-offer-name" => request.purchased_product_offer_name = Some(text(&mut reader)?),
                "summary" => request.summary = Some(text(&mut reader)?),
                "description" => request.description = Some(text(&mut reader)?),
                "creation-time" => request.creation_time = Some(text(&mut reader)?),
                "last-update-time" => request.last_update_time = Some(text(&mut reader)?),
                "creator" => request.creator = Some(text(&mut reader)?),
                "assignee" => request.assignee = Some(text(&mut reader)?),
                "community" => request.community = Some(text(&mut reader)?),
                "email" => request.email = Some(text(&mut reader)?),
                _ => {}
            },
            Event::Empty(tag) => match tag.name().as_ref() {
                "topic" => request.topic = Some(reference(&tag)?),
                "sub-topic" => request.sub_topic = Some(reference(&tag)?),
                "property" => request.property = Some(reference(&tag)?),
                "purchased-product-offer" => request.purchased_product_offer = Some(reference(&tag)?),
                "account" => request.account = Some(reference(&tag)?),
                _ => {}
            },
            Event::End(tag) if tag.name().as_ref() == "support-request" => requests.push(std::mem::take(&mut request)),
            Event::Eof => return Ok(requests),
            _ => {}
        }
    }
}

fn begin(tag: &BytesStart<'_>) -> Result<Request, Box<dyn Error>> {
    let mut request = Request::default();
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0)?;
        match attribute.key.as_ref() {
            "identifier" => request.identifier = Some(RequestId::from(&*value)),
            "ref" => request.href = Some(value.into_owned()),
            "extid" => request.extid = Some(ExternalId::from(&*value)),
            "unacked-since" => request.unacked_since = Some(value.into_owned()),
            _ => {}
        }
    }
    Ok(request)
}

fn reference(tag: &BytesStart<'_>) -> Result<EntityRef, Box<dyn Error>> {
    let mut reference = EntityRef::default();
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0)?;
        match attribute.key.as_ref() {
            "identifier" => reference.identifier = Some(value.into_owned()),
            "ref" => reference.href = Some(value.into_owned()),
            "extid" => reference.extid = Some(value.into_owned()),
            "unacked-since" => reference.unacked_since = Some(value.into_owned()),
            _ => {}
        }
    }
    Ok(reference)
}

fn text(reader: &mut Reader<&[u8]>) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    loop {
        match reader.read_event()? {
            Event::Text(piece) => text.push_str(&piece),
            Event::CData(piece) => text.push_str(&piece),
            Event::GeneralRef(reference) => match reference.resolve_char_ref()? {
                Some(character) => text.push(character),
                None => text.push_str(resolve_predefined_entity(&reference).ok_or("an unknown entity")?),
            },
            Event::End(_) => return Ok(text),
            Event::Eof => return Err("it is cut".into()),
            _ => {}
        }
    }
}
