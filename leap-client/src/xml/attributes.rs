//! The attributes of a start tag: found in one scan, normalized only when they are read.

use crate::xml::{
    byte_scan::first_special,
    characters::{Rare, begins_plain_name, is_blank, is_qualified_name, plain_name_end},
    text::attribute_value,
    validation_error::{NO_CHARACTER, NO_INSTANT, ValidationError},
};
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use std::{borrow::Cow, ops::Range};

/// Only a hostile document has more attributes on one element.
const MAX_ATTRIBUTES: usize = 256;

/// The positions of a start tag's attributes. Reused for every tag, so that attributes cost no allocation.
#[derive(Debug, Default)]
pub(super) struct Places {
    places: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    name: Range<usize>,
    value: Range<usize>,
    is_plain: bool,
}

/// An attribute's value as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'t> {
    raw: &'t str,
    /// Whether it needs no normalization: it has no reference and no whitespace other than spaces.
    is_plain: bool,
}

/// One attribute of an element.
#[derive(Debug)]
pub(super) struct Attribute<'t> {
    /// Its name, without a prefix of the API's namespace.
    pub(super) name: &'t str,
    pub(super) value: Value<'t>,
    /// Where its element begins.
    pub(super) at: u64,
}

impl Places {
    pub(super) fn clear(&mut self) {
        self.places.clear();
    }

    /// Finds the attributes of a tag from `at` on.
    pub(super) fn scan(&mut self, tag: &str, mut at: usize, rare: Rare) -> Result<Scanned, &'static str> {
        let bytes = tag.as_bytes();
        self.places.clear();
        let mut scanned = Scanned::default();
        loop {
            let start = after_blanks(bytes, at);
            if start == bytes.len() {
                return Ok(scanned);
            }
            let end = plain_name_end(bytes, start);
            let name = start..name_end(tag, start, end)?;
            if start == at {
                return Err("an attribute has no blank before it");
            }
            scanned.is_qualified |= name.end > end;
            let equals = after_blanks(bytes, name.end);
            let quote = after_blanks(bytes, equals + 1);
            let (Some(b'='), Some(mark @ (b'"' | b'\''))) = (bytes.get(equals), bytes.get(quote)) else {
                return Err("an attribute has no value in quotes");
            };
            let (end, is_plain) = end_of_value(bytes, quote + 1, *mark).ok_or(NOT_CLOSED)?;
            scanned.declares |= bytes[start..].starts_with(b"xmlns");
            at = end + 1;
            let value = quote + 1..end;
            scanned.is_invalid |= (!is_plain || rare.forbidden) && attribute_value(&tag[value.clone()]).is_none();
            self.push(tag, Place { name, value, is_plain })?;
        }
    }

    fn push(&mut self, tag: &str, new: Place) -> Result<(), &'static str> {
        if self.places.iter().any(|place| tag[place.name.clone()] == tag[new.name.clone()]) {
            return Err("an element has the same attribute twice");
        }
        if self.places.len() == MAX_ATTRIBUTES {
            return Err("an element has too many attributes");
        }
        self.places.push(new);
        Ok(())
    }

    /// Names and values in the tag that was scanned last.
    pub(super) fn of<'t>(&self, tag: &'t str) -> impl Iterator<Item = (&'t str, Value<'t>)> {
        let value = |place: &Place| Value { raw: &tag[place.value.clone()], is_plain: place.is_plain };
        self.places.iter().map(move |place| (&tag[place.name.clone()], value(place)))
    }
}

/// The effect of a missing quote, as in the vendor's own example: LEAP-01.
const NOT_CLOSED: &str = "the quotes of an attribute's value aren't closed";

/// What a scan found beside the attributes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scanned {
    /// Whether one of them may declare a namespace.
    pub(super) declares: bool,
    /// Whether one of them may have a prefix.
    pub(super) is_qualified: bool,
    /// Whether one of them has a value with a reference that can't be resolved, or a character that XML forbids.
    pub(super) is_invalid: bool,
}

/// The end of the name that begins at `start` and is plain until `end`.
fn name_end(tag: &str, start: usize, end: usize) -> Result<usize, &'static str> {
    let bytes = tag.as_bytes();
    let ends = |byte: u8| byte == b'=' || is_blank(byte) || matches!(byte, b'"' | b'\'' | b'<');
    let whole = match bytes.get(end) {
        Some(byte) if !ends(*byte) => {
            end + bytes[end..].iter().position(|byte| ends(*byte)).unwrap_or(bytes.len() - end)
        }
        _ => end,
    };
    let name = &tag[start..whole];
    if name.is_empty() {
        return Err("an attribute has no name or no value");
    }
    let is_name = if whole == end { begins_plain_name(bytes[start]) } else { is_qualified_name(name) };
    if is_name { Ok(whole) } else { Err("an attribute has an invalid name") }
}

fn after_blanks(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| is_blank(*byte)) {
        at += 1;
    }
    at
}

/// The end of the value that begins at `at`, and whether it is plain.
fn end_of_value(bytes: &[u8], mut at: usize, mark: u8) -> Option<(usize, bool)> {
    let mut is_plain = true;
    loop {
        at = first_special(bytes, at);
        match *bytes.get(at)? {
            b'<' => return None,
            byte if byte == mark => return Some((at, is_plain)),
            byte => is_plain &= matches!(byte, b'"' | b'\'' | b'#'),
        }
        at += 1;
    }
}

impl<'t> Value<'t> {
    #[cfg(test)]
    pub(super) fn new(raw: &'t str) -> Self {
        Self { raw, is_plain: false }
    }

    /// The normalized value. `None` if a reference can't be resolved.
    pub(super) fn text(self) -> Option<Cow<'t, str>> {
        if self.is_plain { Some(Cow::Borrowed(self.raw)) } else { attribute_value(self.raw) }
    }
}

impl Attribute<'_> {
    /// The value; `None` if it is empty.
    pub(super) fn text<T: for<'v> From<&'v str>>(&self) -> Result<Option<T>, ValidationError> {
        let value = self.value.text().ok_or_else(|| ValidationError::value(self.at, NO_CHARACTER))?;
        Ok((!value.is_empty()).then(|| T::from(&value)))
    }

    /// The value as a point in time. An empty one is an error, since it may be a flag that is set.
    pub(super) fn instant(&self) -> Result<DateTime<Utc>, ValidationError> {
        let value = self.value.text().ok_or_else(|| ValidationError::value(self.at, NO_CHARACTER))?;
        timestamp::parse(value.trim_ascii()).ok_or_else(|| ValidationError::value(self.at, NO_INSTANT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_in_any_layout() {
        let mut places = Places::default();
        let rare = Rare { forbidden: false, bracket: false };
        for (tag, declares, found) in [
            ("a", false, &[][..]),
            ("a  ", false, &[]),
            ("a b=\"1\" c='2\"'", false, &[("b", "1"), ("c", "2\"")]),
            ("a\n\tb =\r\n\"1\"\td=\"\" ", false, &[("b", "1"), ("d", "")]),
            ("a xmlns:x='u' x:b='>'", true, &[("xmlns:x", "u"), ("x:b", ">")]),
        ] {
            assert_eq!(places.scan(tag, 1, rare).unwrap().declares, declares, "{tag}");
            let read: Vec<_> = places.of(tag).map(|(name, value)| (name, value.raw)).collect();
            assert_eq!(read, found, "{tag}");
        }
    }

    #[test]
    fn malformed_attributes_are_errors() {
        let mut places = Places::default();
        let rare = Rare { forbidden: false, bracket: false };
        for tag in [
            "a b",
            "a b=",
            "a b=1",
            "a b=\"1",
            "a b=\"1'",
            "a =\"1\"",
            "a b=\"1\"c=\"2\"",
            "a\"b\"",
            "a b=\"<\"",
            "a b=\"\" b=''",
            "a b\"1\"",
            "a b c=\"1\"",
            "a b$=\"1\"",
            "a 1b=\"1\"",
            "a b:=\"1\"",
            "a b:c:d=\"1\"",
            "a b\u{a0}=\"1\"",
            "a b/",
            "a b=\"1\"/",
        ] {
            assert!(places.scan(tag, 1, rare).is_err(), "{tag}");
        }
        let many = |count: usize| (0..count).fold("a".to_owned(), |tag, n| format!("{tag} b{n}=''"));
        assert!(places.scan(&many(MAX_ATTRIBUTES), 1, rare).is_ok());
        assert!(places.scan(&many(MAX_ATTRIBUTES + 1), 1, rare).is_err());
    }
}
