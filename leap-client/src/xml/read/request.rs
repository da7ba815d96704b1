//! Reads a support request.

use crate::{
    ids::{ExternalId, RequestId},
    requests::model::{EntityRef, State, SupportRequest, UnreadableUpdate, Update},
    xml::{
        attributes::Attribute,
        cursor::{Cursor, Element},
        read::{
            Draft, REQUEST, document, missing, personal, read, references::EntityRefDraft, text, updates::read_updates,
            word,
        },
        validation_error::ValidationError,
    },
};
use care_client_core::{DecodeError, Personal, RawResponse};
use chrono::{DateTime, Utc};

/// Reads the answer for one support request.
///
/// # Errors
///
/// A [foreign response](DecodeError::foreign) if it is no document of LEAP's, [unreadable](DecodeError::unreadable)
/// with the place if something in it is missing or wrong.
pub(crate) fn read_request(response: &RawResponse) -> Result<SupportRequest, DecodeError> {
    document::<RequestDraft>(response, REQUEST)
}

#[derive(Default)]
pub(super) struct RequestDraft {
    identifier: Option<RequestId>,
    href: Option<String>,
    extid: Option<ExternalId>,
    unacked_since: Option<DateTime<Utc>>,
    state: Option<State>,
    topic: Option<EntityRef>,
    sub_topic: Option<EntityRef>,
    property: Option<EntityRef>,
    purchased_product_offer: Option<EntityRef>,
    purchased_product_offer_name: Option<String>,
    summary: Option<Personal<String>>,
    description: Option<Personal<String>>,
    creation_time: Option<DateTime<Utc>>,
    last_update_time: Option<DateTime<Utc>>,
    creator: Option<Personal<String>>,
    assignee: Option<Personal<String>>,
    community: Option<String>,
    email: Option<Personal<String>>,
    account: Option<EntityRef>,
    updates: Option<Vec<Update>>,
    unreadable_updates: Vec<UnreadableUpdate>,
}

impl Draft for RequestDraft {
    type Value = SupportRequest;

    const NAMES: &'static [&'static str] = &[
        "@identifier",
        "@ref",
        "@extid",
        "@unacked-since",
        "state",
        "topic",
        "sub-topic",
        "property",
        "purchased-product-offer",
        "purchased-product-offer-name",
        "summary",
        "description",
        "creation-time",
        "last-update-time",
        "creator",
        "assignee",
        "community",
        "email",
        "account",
        "updates",
    ];

    fn attribute(&mut self, attribute: &Attribute<'_>) -> Result<(), ValidationError> {
        match attribute.name {
            "identifier" => self.identifier = attribute.text()?,
            "ref" => self.href = attribute.text()?,
            "extid" => self.extid = attribute.text()?,
            "unacked-since" => self.unacked_since = Some(attribute.instant()?),
            _ => {}
        }
        Ok(())
    }

    fn child<'a>(&mut self, child: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<(), ValidationError> {
        match child.name() {
            "state" if self.state.is_none() => self.state = word(cursor)?,
            "topic" if self.topic.is_none() => self.topic = read::<EntityRefDraft>(child, cursor)?,
            "sub-topic" if self.sub_topic.is_none() => self.sub_topic = read::<EntityRefDraft>(child, cursor)?,
            "property" if self.property.is_none() => self.property = read::<EntityRefDraft>(child, cursor)?,
            "purchased-product-offer" if self.purchased_product_offer.is_none() => {
                self.purchased_product_offer = read::<EntityRefDraft>(child, cursor)?;
            }
            "purchased-product-offer-name" if self.purchased_product_offer_name.is_none() => {
                self.purchased_product_offer_name = text(cursor)?;
            }
            "summary" if self.summary.is_none() => self.summary = personal(cursor)?,
            "description" if self.description.is_none() => self.description = personal(cursor)?,
            "creation-time" if self.creation_time.is_none() => self.creation_time = Some(cursor.instant()?),
            "last-update-time" if self.last_update_time.is_none() => self.last_update_time = Some(cursor.instant()?),
            "creator" if self.creator.is_none() => self.creator = personal(cursor)?,
            "assignee" if self.assignee.is_none() => self.assignee = personal(cursor)?,
            "community" if self.community.is_none() => self.community = text(cursor)?,
            "email" if self.email.is_none() => self.email = personal(cursor)?,
            "account" if self.account.is_none() => self.account = read::<EntityRefDraft>(child, cursor)?,
            "updates" => {
                read_updates(self.updates.get_or_insert_default(), &mut self.unreadable_updates, cursor)?;
            }
            _ => cursor.skip()?,
        }
        Ok(())
    }

    fn finish(self, at: u64) -> Result<Self::Value, ValidationError> {
        Ok(SupportRequest {
            identifier: self.identifier.ok_or_else(|| missing(at, "@identifier"))?,
            href: self.href,
            extid: self.extid,
            unacked_since: self.unacked_since,
            state: self.state.ok_or_else(|| missing(at, "state"))?,
            topic: self.topic,
            sub_topic: self.sub_topic,
            property: self.property,
            purchased_product_offer: self.purchased_product_offer,
            purchased_product_offer_name: self.purchased_product_offer_name,
            summary: self.summary,
            description: self.description,
            creation_time: self.creation_time.ok_or_else(|| missing(at, "creation-time"))?,
            last_update_time: self.last_update_time.ok_or_else(|| missing(at, "last-update-time"))?,
            creator: self.creator,
            assignee: self.assignee,
            community: self.community,
            email: self.email,
            account: self.account,
            updates: self.updates,
            unreadable_updates: self.unreadable_updates,
        })
    }
}
