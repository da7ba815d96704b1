use super::super::attributes::Attribute;
use super::super::cursor::{Cursor, Element};
use super::super::draft::{Draft, missing, read};
use super::super::flaw::Flaw;
use super::{personal, word};
use crate::requests::{State, Update, UpdateType};
use care_client_core::Personal;
use chrono::{DateTime, Utc};

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

    fn attribute(&mut self, attribute: &Attribute<'_>) -> Result<(), Flaw> {
        if attribute.name == "unacked-since" {
            self.unacked_since = Some(attribute.instant()?);
        }
        Ok(())
    }

    fn child<'a>(&mut self, child: &Element<'a>, cursor: &mut Cursor<'a>) -> Result<(), Flaw> {
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

    fn finish(self, at: u64) -> Result<Self::Value, Flaw> {
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

/// Reads the history in the current element behind what there is already.
pub(super) fn read_updates(updates: &mut Vec<Update>, cursor: &mut Cursor<'_>) -> Result<(), Flaw> {
    while let Some(child) = cursor.child()? {
        if child.name() == "update" {
            let update =
                read::<UpdateDraft>(&child, cursor).map_err(|flaw| flaw.within_row("update", updates.len()))?;
            updates.push(update);
        } else {
            cursor.skip()?;
        }
    }
    Ok(())
}
