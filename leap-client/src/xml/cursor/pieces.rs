//! The pieces of a document that have no meaning here: they must be well-formed all the same.

use crate::xml::{
    cursor::Cursor,
    declaration::is_instruction,
    text::character,
    validation_error::{FORBIDDEN, NO_CHARACTER, SECTION_END, ValidationError},
};
use quick_xml::{errors::Error, events::Event};

impl<'a> Cursor<'a> {
    /// Accepts events inside the root element that have no meaning, and rejects those that must not occur.
    pub(super) fn other(&self, event: Result<Event<'a>, Error>) -> Result<(), ValidationError> {
        match event {
            Ok(Event::Eof) => Err(self.malformed("it ends before its elements do")),
            Ok(Event::DocType(_) | Event::Decl(_)) => Err(self.malformed("a declaration inside of an element")),
            Ok(event) => self.check(&event),
            Err(error) => Err(self.malformed_by(&error)),
        }
    }

    /// Checks a piece that isn't a tag. What concerns only its characters is the fault of the row that it is in.
    pub(in crate::xml) fn check(&self, event: &Event<'a>) -> Result<(), ValidationError> {
        match event {
            Event::Text(text) => self.check_text(text),
            Event::CData(text) => self.check_characters(text),
            Event::GeneralRef(reference) => match character(reference) {
                Some(_) => Ok(()),
                None => Err(ValidationError::value(self.at(), NO_CHARACTER)),
            },
            Event::Comment(text) if text.contains("--") || text.ends_with('-') => {
                Err(self.malformed("a comment contains two hyphens"))
            }
            Event::PI(content) if !is_instruction(content) => {
                Err(self.malformed("a processing instruction without a name, or with one that XML keeps for itself"))
            }
            Event::Comment(text) => self.check_characters(text),
            Event::PI(content) => self.check_characters(content),
            _ => Ok(()),
        }
    }

    /// Checks the characters of a text between tags.
    pub(super) fn check_text(&self, text: &str) -> Result<(), ValidationError> {
        if self.rare.has_section_end(text) {
            return Err(ValidationError::value(self.at(), SECTION_END));
        }
        self.check_characters(text)
    }

    pub(super) fn check_characters(&self, text: &str) -> Result<(), ValidationError> {
        match self.rare.has_forbidden(text) {
            true => Err(ValidationError::value(self.at(), FORBIDDEN)),
            false => Ok(()),
        }
    }
}
