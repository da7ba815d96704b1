//! Walks a document element by element, over quick-xml's events.

mod content;

use crate::xml::{
    attributes::{Attribute, Places},
    namespaces::{Namespaces, Space},
    validation_error::ValidationError,
};
use quick_xml::{
    errors::Error,
    events::{BytesStart, Event},
    reader::Reader,
};

/// How deep elements may nest. The documented ones reach 4.
const MAX_DEPTH: u32 = 64;

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

    /// Accepts events inside the root element that have no meaning, and rejects those that must not occur.
    fn other(&self, event: Result<Event<'a>, Error>) -> Result<(), ValidationError> {
        match event {
            Ok(Event::Eof) => Err(self.malformed("it ends before its elements do")),
            Ok(Event::DocType(_) | Event::Decl(_)) => Err(self.malformed("a declaration inside of an element")),
            Ok(_) => Ok(()),
            Err(error) => Err(self.malformed_by(&error)),
        }
    }

    /// The next element within the current one; `None` at its end.
    pub(super) fn child(&mut self) -> Result<Option<Element<'a>>, ValidationError> {
        if self.left_empty() {
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
        self.deeper(&tag)?;
        let end = tag.name().as_ref().len();
        self.places.clear();
        if end < tag.len() {
            self.look_at_attributes(&tag, end)?;
        }
        let mut name = (0, end);
        if !self.namespaces.is_plain() {
            name = match self.namespaces.resolve(&tag[..end]) {
                (_, Space::Other) => (end, end),
                (local, _) => (local, end),
            };
        }
        Ok(Element { tag, name })
    }

    fn look_at_attributes(&mut self, tag: &str, at: usize) -> Result<(), ValidationError> {
        if self.places.scan(tag, at).map_err(|what| ValidationError::malformed(self.at(), what))? {
            for (name, value) in self.places.of(tag) {
                self.namespaces.declare(self.depth, name, value);
            }
        }
        Ok(())
    }

    /// Whether an element is in the API's namespace, and not in none.
    pub(super) fn is_in_namespace(&self, element: &Element<'_>) -> bool {
        self.namespaces.resolve(&element.tag[..element.name.1]).1 == Space::Leap
    }

    fn deeper(&mut self, tag: &str) -> Result<(), ValidationError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.malformed("elements nest too deep"));
        }
        match tag.as_bytes().first() {
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80..) => Ok(()),
            _ => Err(self.malformed("a tag without a name")),
        }
    }

    fn leave(&mut self) {
        self.depth -= 1;
        self.namespaces.leave(self.depth);
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
        self.left_empty();
        while self.depth > depth {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => self.deeper(&tag)?,
                Ok(Event::End(_tag)) => self.leave(),
                other => self.other(other)?,
            }
        }
        Ok(())
    }

    /// Checks that nothing follows the root element.
    pub(super) fn end(&mut self) -> Result<(), ValidationError> {
        loop {
            match self.event()? {
                Event::Eof => return Ok(()),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                _ => return Err(self.malformed("something follows the root element")),
            }
        }
    }
}
