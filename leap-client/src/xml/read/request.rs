//! Reads a support request and its history.

use crate::{
    ids::{ExternalId, RequestId},
    requests::model::{EntityRef, State, SupportRequest, Update, UpdateType},
    xml::{
        attributes::Attribute,
        cursor::{Cursor, Element},
        read::{Draft, document, missing, personal, read, references::EntityRefDraft, text, word},
        validation_error::ValidationError,
    },
};
use care_client_core::{DecodeError, Personal, RawResponse};
use chrono::{DateTime, Utc};

/// The root element.
pub(super) const REQUEST: &str = "support-request";

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
            "updates" => read_updates(self.updates.get_or_insert_default(), cursor)?,
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
        })
    }
}

#[derive(Default)]
struct UpdateDraft {
    unacked_since: Option<DateTime<Utc>>,
    kind: Option<UpdateType>,
    state: Option<State>,
    update_time: Option<DateTime<Utc>>,
    updater: Option<Personal<String>>,
    comment: Option<Personal<String>>,
}

impl Draft for UpdateDraft {
    type Value = Update;

    const NAMES: &'static [&'static str] = &["@unacked-since", "type", "state", "update-time", "updater", "comment"];

    fn attribute(&mut self, attribute: &Attribute<'_>) -> Result<(), ValidationError> {
        if attribute.name == "unacked-since" {
            self.unacked_since = Some(attribute.instant()?);
        }
        Ok(())
    }

    fn child<'a>(&mut self, child: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<(), ValidationError> {
        match child.name() {
            "type" if self.kind.is_none() => self.kind = word(cursor)?,
            "state" if self.state.is_none() => self.state = word(cursor)?,
            "update-time" if self.update_time.is_none() => self.update_time = Some(cursor.instant()?),
            "updater" if self.updater.is_none() => self.updater = personal(cursor)?,
            "comment" if self.comment.is_none() => self.comment = personal(cursor)?,
            _ => cursor.skip()?,
        }
        Ok(())
    }

    fn finish(self, at: u64) -> Result<Self::Value, ValidationError> {
        Ok(Update {
            unacked_since: self.unacked_since,
            kind: self.kind.ok_or_else(|| missing(at, "type"))?,
            state: self.state,
            update_time: self.update_time.ok_or_else(|| missing(at, "update-time"))?,
            updater: self.updater,
            comment: self.comment,
        })
    }
}

/// Reads the history in the current element, and appends it.
pub(super) fn read_updates(updates: &mut Vec<Update>, cursor: &mut Cursor<'_>) -> Result<(), ValidationError> {
    while let Some(child) = cursor.child()? {
        if child.name() == "update" {
            let update =
                read::<UpdateDraft>(&child, cursor).map_err(|error| error.within_row("update", updates.len()))?;
            updates.push(update);
        } else {
            cursor.skip()?;
        }
    }
    Ok(())
}
