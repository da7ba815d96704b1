//! What is still known of an element that can't be read: an attribute, and a hash by which to recognize it.

use crate::xml::{attributes::Places, characters::Rare};
use quick_xml::{
    events::{BytesStart, Event},
    reader::Reader,
};
use std::hash::{DefaultHasher, Hasher};

/// The value of an attribute without a prefix; `None` if the element doesn't have it, or it can't be read.
#[cold]
pub(super) fn attribute(element: &[u8], name: &str) -> Option<Box<str>> {
    with_attribute(element, name, |value| value.map(Into::into))?
}

/// Whether the element has an attribute of this name.
#[cold]
pub(super) fn has_attribute(element: &[u8], name: &str) -> bool {
    with_attribute(element, name, |_| ()).is_some()
}

fn with_attribute<T>(element: &[u8], name: &str, read: impl FnOnce(Option<&str>) -> T) -> Option<T> {
    let tag = tag(element)?;
    let mut places = Places::default();
    places.scan(&tag, tag.name().as_ref().len(), Rare::of(element)).ok()?;
    let (_, value) = places.of(&tag).find(|(found, _)| *found == name)?;
    Some(read(value.text().as_deref()))
}

fn tag(element: &[u8]) -> Option<BytesStart<'_>> {
    match Reader::from_reader(element).read_event() {
        Ok(Event::Start(tag) | Event::Empty(tag)) => Some(tag),
        _ => None,
    }
}

/// A hash of the element as it is written.
#[cold]
pub(super) fn fingerprint(element: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(element);
    hasher.finish()
}

/// A hash of what the element contains: neither its name nor its attributes count, so that it stays the same when a
/// flag is cleared.
#[cold]
pub(super) fn content_fingerprint(element: &[u8]) -> u64 {
    let head = tag(element).map_or(0, |tag| tag.len() + 2);
    fingerprint(element.get(head..).unwrap_or_default())
}
