//! Reads the history of a support request, update by update.

use crate::{
    requests::model::{State, UnreadableUpdate, Update, UpdateType},
    xml::{
        attributes::Attribute,
        cursor::{Cursor, Element},
        read::{
            Draft, REQUEST, missing, personal, read,
            unreadable::{content_fingerprint, has_attribute},
            word,
        },
        validation_error::{FOREIGN_ROW, ValidationError},
    },
};
use care_client_core::Personal;
use chrono::{DateTime, Utc};

const UPDATE: &str = "update";
const FLAG: &str = "unacked-since";

/// Reads the history in the current element, and appends it. An update that can't be read takes nothing away from the
/// others, as long as the XML is well-formed.
pub(super) fn read_updates(
    updates: &mut Vec<Update>,
    unreadable: &mut Vec<UnreadableUpdate>,
    cursor: &mut Cursor<'_>,
) -> Result<(), ValidationError> {
    let around = cursor.depth();
    while let Some(child) = cursor.child()? {
        if child.local_name() != UPDATE {
            cursor.skip()?;
            continue;
        }
        let at = cursor.at();
        match read_update(&child, cursor) {
            Ok(update) => updates.push(update),
            Err(error) => {
                let index = updates.len() + unreadable.len();
                let error = error.within_row(UPDATE, index);
                if error.is_malformed() {
                    return Err(error);
                }
                cursor.abandon_to(around).map_err(|error| error.within_row(UPDATE, index))?;
                let error = error.within("updates").within(REQUEST).into_error();
                unreadable.push(UnreadableUpdate {
                    index,
                    is_unacked: has_attribute(cursor.since(at), FLAG),
                    reason: error.to_string().into(),
                    fingerprint: content_fingerprint(cursor.since(at)),
                });
            }
        }
    }
    Ok(())
}

/// Reads an update. One in another namespace is an error, so that no update vanishes because of it.
fn read_update<'a>(update: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<Update, ValidationError> {
    if update.name().is_empty() {
        return Err(ValidationError::value(cursor.at(), FOREIGN_ROW));
    }
    read::<UpdateDraft>(update, cursor)
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
        if attribute.name == FLAG {
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
