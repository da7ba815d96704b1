//! The content of an element: text, and points in time.

use crate::xml::{
    cursor::Cursor,
    text::{append, character},
    validation_error::{NO_CHARACTER, NO_INSTANT, ValidationError},
};
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use quick_xml::events::Event;
use std::borrow::Cow;

impl<'a> Cursor<'a> {
    /// Reads all text of the current element and leaves it. Elements in it are skipped.
    pub(in crate::xml) fn text(&mut self) -> Result<Cow<'a, str>, ValidationError> {
        let mut text = Cow::Borrowed("");
        if self.begin_content()? {
            return Ok(text);
        }
        self.reader.config_mut().trim_text_start = false;
        loop {
            match self.reader.read_event() {
                Ok(Event::Text(piece)) => {
                    self.check_text(&piece)?;
                    append(&mut text, piece.xml10_content());
                }
                Ok(Event::End(_tag)) => {
                    self.leave();
                    return Ok(text);
                }
                Ok(Event::CData(piece)) => {
                    self.check_characters(&piece)?;
                    append(&mut text, piece.xml10_content());
                }
                Ok(Event::GeneralRef(reference)) => match character(&reference) {
                    Some(character) => text.to_mut().push(character),
                    None => return Err(ValidationError::value(self.at(), NO_CHARACTER)),
                },
                Ok(Event::Start(tag)) => {
                    self.pass(&tag, false)?;
                    self.skip()?;
                }
                Ok(Event::Empty(tag)) => self.pass(&tag, true)?,
                other => self.other(other)?,
            }
        }
    }

    /// Reads the text of the current element as a point in time and leaves it.
    pub(in crate::xml) fn instant(&mut self) -> Result<DateTime<Utc>, ValidationError> {
        let at = self.at();
        timestamp::parse(self.text()?.trim_ascii()).ok_or_else(|| ValidationError::value(at, NO_INSTANT))
    }
}
