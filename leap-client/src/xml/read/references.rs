//! Reads references, and the answer to a change of the external id.

use crate::{
    ids::{ExternalId, RequestId},
    requests::model::{EntityRef, RequestRef},
    xml::{
        attributes::Attribute,
        cursor::{Cursor, Element},
        read::{Draft, document, missing},
        validation_error::ValidationError,
    },
};
use care_client_core::{DecodeError, RawResponse};
use chrono::{DateTime, Utc};

/// A reference; `None` if the element is empty.
#[derive(Default)]
pub(super) struct EntityRefDraft {
    identifier: Option<String>,
    href: Option<String>,
    extid: Option<String>,
    /// A property's name for `extid`: LEAP-11.
    external_reference: Option<String>,
    unacked_since: Option<DateTime<Utc>>,
}

impl Draft for EntityRefDraft {
    type Value = Option<EntityRef>;

    const NAMES: &'static [&'static str] = &["@identifier", "@ref", "@extid", "@external-reference", "@unacked-since"];

    fn attribute(&mut self, attribute: &Attribute<'_>) -> Result<(), ValidationError> {
        match attribute.name {
            "identifier" => self.identifier = attribute.text()?,
            "ref" => self.href = attribute.text()?,
            "extid" => self.extid = attribute.text()?,
            "external-reference" => self.external_reference = attribute.text()?,
            "unacked-since" => self.unacked_since = Some(attribute.instant()?),
            _ => {}
        }
        Ok(())
    }

    fn child<'a>(&mut self, _child: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<(), ValidationError> {
        cursor.skip()
    }

    fn finish(self, at: u64) -> Result<Self::Value, ValidationError> {
        let Self { identifier, href, extid, external_reference, unacked_since } = self;
        let extid = extid.or(external_reference);
        match identifier {
            Some(identifier) => Ok(Some(EntityRef { identifier, href, extid, unacked_since })),
            None if href.is_none() && extid.is_none() && unacked_since.is_none() => Ok(None),
            None => Err(missing(at, "@identifier")),
        }
    }
}

/// The root element.
const REF: &str = "ref";

/// Reads the answer to a change of the external id.
///
/// # Errors
///
/// As [`read_request`](super::read_request).
pub(crate) fn read_ref(response: &RawResponse) -> Result<RequestRef, DecodeError> {
    document::<RefDraft>(response, REF)
}

#[derive(Default)]
struct RefDraft {
    href: Option<String>,
    identifier: Option<RequestId>,
    extid: Option<ExternalId>,
}

impl Draft for RefDraft {
    type Value = RequestRef;

    const NAMES: &'static [&'static str] = &["@ref", "@identifier", "@extid"];

    fn attribute(&mut self, attribute: &Attribute<'_>) -> Result<(), ValidationError> {
        match attribute.name {
            "ref" => self.href = attribute.text()?,
            "identifier" => self.identifier = attribute.text()?,
            "extid" => self.extid = attribute.text()?,
            _ => {}
        }
        Ok(())
    }

    fn child<'a>(&mut self, _child: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<(), ValidationError> {
        cursor.skip()
    }

    fn finish(self, at: u64) -> Result<Self::Value, ValidationError> {
        Ok(RequestRef {
            href: self.href,
            identifier: self.identifier.ok_or_else(|| missing(at, "@identifier"))?,
            extid: self.extid.ok_or_else(|| missing(at, "@extid"))?,
        })
    }
}
