//! Walks a document element by element, over quick-xml's events.
//!
//! quick-xml finds the pieces of a document and matches end tags with start tags. That every piece is well-formed, also
//! where nobody reads it, is checked here: names, attributes, prefixes, references, characters, comments and
//! instructions. A test outside of continuous integration holds the whole against expat.

mod content;
mod pieces;
mod tags;

use crate::xml::{
    attributes::{Attribute, Places},
    characters::{Rare, is_all_blank},
    namespaces::{Namespaces, Space},
    validation_error::ValidationError,
};
use quick_xml::{
    errors::Error,
    events::{BytesStart, Event},
    reader::Reader,
};

/// A position in a document, which moves from element to element.
///
/// After [`child`](Self::child) has returned an element, read its [`text`](Self::text), [`skip`](Self::skip) it, or
/// read its children until there are no more.
pub(super) struct Cursor<'a> {
    reader: Reader<&'a [u8]>,
    body: &'a [u8],
    /// The length of the byte order mark before the document.
    mark: u64,
    /// The start of the element that was entered last.
    at: u64,
    depth: u32,
    /// Whether the last element was empty and its content has not been read.
    in_empty: bool,
    /// Whether an attribute of the last element has an invalid value, and that has not been reported.
    is_invalid: bool,
    rare: Rare,
    namespaces: Namespaces,
    places: Places,
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    tag: BytesStart<'a>,
    /// The position of its local name in the tag; empty if it is in another namespace.
    name: (usize, usize),
}

impl Element<'_> {
    /// Its local name; empty if it is in another namespace.
    pub(super) fn name(&self) -> &str {
        &self.tag[self.name.0..self.name.1]
    }

    /// Its local name, whatever namespace it is in.
    pub(super) fn local_name(&self) -> &str {
        let name = &self.tag[..self.name.1];
        name.split_once(':').map_or(name, |(_, local)| local)
    }
}

impl<'a> Cursor<'a> {
    pub(super) fn new(body: &'a [u8]) -> Self {
        let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        Self {
            reader: Reader::from_reader(text),
            body: text,
            mark: (body.len() - text.len()) as u64,
            at: 0,
            depth: 0,
            in_empty: false,
            is_invalid: false,
            rare: Rare::of(text),
            namespaces: Namespaces::new(),
            places: Places::default(),
        }
    }

    /// The start of the element that was entered last, in bytes of the body.
    pub(super) fn at(&self) -> u64 {
        self.mark + self.at
    }

    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    /// The current position, in bytes of the body.
    pub(super) fn position(&self) -> u64 {
        self.mark + self.reader.buffer_position()
    }

    /// The body from an earlier position to the current one.
    pub(super) fn since(&self, at: u64) -> &'a [u8] {
        let place = |at: u64| usize::try_from(at - self.mark).unwrap_or(usize::MAX);
        self.body.get(place(at)..place(self.position())).unwrap_or_default()
    }

    /// The next event outside of the root element.
    pub(super) fn event(&mut self) -> Result<Event<'a>, ValidationError> {
        self.reader.config_mut().trim_text_start = false;
        self.reader.read_event().map_err(|error| self.malformed_by(&error))
    }

    /// An error of a document that is malformed shortly before the current position.
    #[cold]
    pub(super) fn malformed(&self, what: &'static str) -> ValidationError {
        ValidationError::malformed(self.position(), what)
    }

    #[cold]
    fn malformed_by(&self, error: &Error) -> ValidationError {
        let (place, what) = match error {
            Error::Encoding(_) => {
                let valid = std::str::from_utf8(self.body).err().map_or(0, |error| error.valid_up_to());
                (valid as u64, "it isn't UTF-8")
            }
            Error::Syntax(_) => (self.reader.error_position(), "a tag or another piece of markup isn't closed"),
            Error::IllFormed(_) => {
                (self.reader.error_position(), "an end tag fits no start tag, or a reference isn't closed")
            }
            _ => (self.reader.error_position(), "the XML is malformed"),
        };
        ValidationError::malformed(self.mark + place, what)
    }

    /// The next element within the current one; `None` at its end.
    pub(super) fn child(&mut self) -> Result<Option<Element<'a>>, ValidationError> {
        if self.begin_content()? {
            return Ok(None);
        }
        // Whitespace between elements needs no events.
        self.reader.config_mut().trim_text_start = true;
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => return self.enter(tag, false).map(Some),
                Ok(Event::Empty(tag)) => return self.enter(tag, true).map(Some),
                Ok(Event::End(_tag)) => {
                    self.leave();
                    return Ok(None);
                }
                other => self.other(other)?,
            }
        }
    }

    /// Enters an element.
    pub(super) fn enter(&mut self, tag: BytesStart<'a>, empty: bool) -> Result<Element<'a>, ValidationError> {
        // The tag without its brackets, and its slash.
        self.at = self.reader.buffer_position().saturating_sub(tag.len() as u64 + if empty { 3 } else { 2 });
        self.in_empty = empty;
        let name = self.open(&tag)?;
        Ok(Element { tag, name })
    }

    /// Whether an element is in the API's namespace, and not in none.
    pub(super) fn is_in_namespace(&self, element: &Element<'_>) -> bool {
        self.namespaces.resolve(&element.tag[..element.name.1]).is_some_and(|(_, space)| space == Space::Leap)
    }

    fn leave(&mut self) {
        self.depth -= 1;
        self.namespaces.leave(self.depth);
    }

    /// Begins to read the content of the last element. Returns whether it was empty, and leaves it then.
    fn begin_content(&mut self) -> Result<bool, ValidationError> {
        let empty = self.left_empty();
        self.report_invalid()?;
        Ok(empty)
    }

    /// Leaves the last element if it was empty.
    fn left_empty(&mut self) -> bool {
        let empty = std::mem::take(&mut self.in_empty);
        if empty {
            self.leave();
        }
        empty
    }

    /// The attributes of the element that was entered last.
    pub(super) fn attributes<'t>(&self, element: &'t Element<'a>) -> impl Iterator<Item = Attribute<'t>> {
        let (at, plain) = (self.at(), self.namespaces.is_plain());
        self.places.of(&element.tag).filter_map(move |(name, value)| {
            let name = if plain { name } else { self.namespaces.attribute(name)? };
            Some(Attribute { name, value, at })
        })
    }

    /// Leaves the current element and skips its content.
    pub(super) fn skip(&mut self) -> Result<(), ValidationError> {
        self.leave_to(self.depth.saturating_sub(1))
    }

    /// Leaves elements until this depth, and skips their content.
    pub(super) fn leave_to(&mut self, depth: u32) -> Result<(), ValidationError> {
        self.begin_content()?;
        while self.depth > depth {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => self.pass(&tag, false)?,
                Ok(Event::Empty(tag)) => self.pass(&tag, true)?,
                Ok(Event::End(_tag)) => self.leave(),
                other => self.other(other)?,
            }
        }
        Ok(())
    }

    /// The same for a row that has failed already: only malformed XML is an error now.
    pub(super) fn abandon_to(&mut self, depth: u32) -> Result<(), ValidationError> {
        loop {
            match self.leave_to(depth) {
                Err(error) if !error.is_malformed() => {}
                done => return done,
            }
        }
    }

    /// Checks that nothing follows the root element.
    pub(super) fn end(&mut self) -> Result<(), ValidationError> {
        loop {
            let event = self.event()?;
            match &event {
                Event::Eof => return Ok(()),
                Event::Comment(_) | Event::PI(_) => self.check(&event)?,
                Event::Text(text) if is_all_blank(text) => {}
                _ => return Err(self.malformed("something follows the root element")),
            }
        }
    }
}
