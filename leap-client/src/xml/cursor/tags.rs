//! Start tags: names, attributes and what they declare.

use crate::xml::{
    attributes::Scanned,
    characters::{is_plain_name, is_qualified_name},
    cursor::Cursor,
    namespaces::Space,
    validation_error::{NO_CHARACTER, ValidationError},
};
use quick_xml::events::BytesStart;

/// The error of a prefix that no `xmlns:` attribute declares.
const UNBOUND: &str = "a prefix that is not declared";

/// How deep elements may nest. The documented ones reach 4.
const MAX_DEPTH: u32 = 64;

impl<'a> Cursor<'a> {
    /// Enters an element that nobody reads, and leaves it if it is empty.
    pub(super) fn pass(&mut self, tag: &BytesStart<'a>, empty: bool) -> Result<(), ValidationError> {
        self.open(tag)?;
        if empty {
            self.leave();
        }
        self.report_invalid()
    }

    /// Checks a start tag and what it declares. Returns the position of its local name; empty if it is in another
    /// namespace.
    pub(super) fn open(&mut self, tag: &BytesStart<'a>) -> Result<(usize, usize), ValidationError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.malformed("elements nest too deep"));
        }
        let end = tag.name().as_ref().len();
        let name = &tag[..end];
        let is_plain = is_plain_name(name);
        if !is_plain && !is_qualified_name(name) {
            return Err(self.malformed("a tag without a name, or with an invalid one"));
        }
        self.places.clear();
        if end < tag.len() {
            self.look_at_attributes(tag, end)?;
        }
        if is_plain && self.namespaces.is_plain() {
            return Ok((0, end));
        }
        match self.namespaces.resolve(name) {
            Some((_, Space::Other)) => Ok((end, end)),
            Some((local, _)) => Ok((local, end)),
            None => Err(self.malformed(UNBOUND)),
        }
    }

    fn look_at_attributes(&mut self, tag: &str, at: usize) -> Result<(), ValidationError> {
        let malformed = |what| ValidationError::malformed(self.mark + self.at, what);
        let Scanned { declares, is_qualified, is_invalid } = self.places.scan(tag, at, self.rare).map_err(malformed)?;
        self.is_invalid |= is_invalid;
        if declares {
            for (name, value) in self.places.of(tag) {
                self.namespaces.declare(self.depth, name, value).map_err(malformed)?;
            }
        }
        if is_qualified {
            self.namespaces.check(self.places.of(tag).map(|(name, _)| name)).map_err(malformed)?;
        }
        Ok(())
    }

    /// Reports an invalid value of an attribute of the last element, once.
    pub(super) fn report_invalid(&mut self) -> Result<(), ValidationError> {
        match std::mem::take(&mut self.is_invalid) {
            true => Err(ValidationError::value(self.at(), NO_CHARACTER)),
            false => Ok(()),
        }
    }
}
