use super::super::attributes::Attribute;
use super::super::cursor::{Cursor, Element};
use super::super::draft::{Draft, missing};
use super::super::flaw::Flaw;
use crate::requests::RequestRef;
use crate::{ExternalId, RequestId};

#[derive(Default)]
pub(super) struct RefDraft {
    href: Option<String>,
    identifier: Option<RequestId>,
    extid: Option<ExternalId>,
}

impl Draft for RefDraft {
    type Value = RequestRef;

    const NAMES: &'static [&'static str] = &["@ref", "@identifier", "@extid"];

    fn attribute(&mut self, attribute: &Attribute<'_>) -> Result<(), Flaw> {
        match attribute.name {
            "ref" => self.href = attribute.text()?,
            "identifier" => self.identifier = attribute.text()?,
            "extid" => self.extid = attribute.text()?,
            _ => {}
        }
        Ok(())
    }

    fn child<'a>(&mut self, _child: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<(), Flaw> {
        cursor.skip()
    }

    fn finish(self, at: u64) -> Result<Self::Value, Flaw> {
        Ok(RequestRef {
            href: self.href,
            identifier: self.identifier.ok_or_else(|| missing(at, "@identifier"))?,
            extid: self.extid.ok_or_else(|| missing(at, "@extid"))?,
        })
    }
}
