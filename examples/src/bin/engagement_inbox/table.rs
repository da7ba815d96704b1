//! The table: the most important columns, for people.
//!
//! It is aligned, so its text comes only after the last page. No text of the server can move the cursor.

use crate::format::Writer;
use comfy_table::{CellAlignment, presets};
use engagement_client::Intervention;
use examples::{engagement, sanitize};
use std::{fmt::Display, io};

const NAMES: [&str; 7] = ["id", "opened (UTC)", "updated (UTC)", "agent", "replies", "categories", "state"];
/// The index of the numeric column.
const REPLIES: usize = 4;

const TIME: &str = "%Y-%m-%d %H:%M";
/// Shown for a value that the service doesn't provide.
const UNKNOWN: &str = "?";

/// A table for people. It isn't fitted to the terminal, because an id that is broken across lines can't be copied.
pub(crate) struct Table(comfy_table::Table);

impl Table {
    pub(crate) fn new() -> Self {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_header(NAMES);
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        if let Some(replies) = table.column_mut(REPLIES) {
            replies.set_cell_alignment(CellAlignment::Right);
        }
        Self(table)
    }
}

impl Writer for Table {
    fn page(&mut self, interventions: &[Intervention]) -> io::Result<String> {
        self.0.add_rows(interventions.iter().map(row));
        Ok(String::new())
    }

    fn end(&mut self) -> io::Result<String> {
        Ok(self.0.trim_fmt() + "\n")
    }
}

fn row(one: &Intervention) -> [String; NAMES.len()] {
    let categories = one.category_ids.as_ref().map(|ids| {
        let ids: Vec<_> = ids.iter().map(|id| sanitize(id.as_str())).collect();
        ids.join("\n")
    });
    [
        sanitize(one.id.as_str()),
        shown(one.created_at.map(|time| time.format(TIME))),
        shown(one.updated_at.map(|time| time.format(TIME))),
        shown(one.user_id.as_ref().map(|user| sanitize(user.as_str()))),
        shown(one.user_replies_count),
        shown(categories),
        one.status.as_deref().map_or_else(|| engagement::state(one).to_owned(), sanitize),
    ]
}

fn shown(value: Option<impl Display>) -> String {
    value.map_or_else(|| UNKNOWN.to_owned(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn lines(rows: serde_json::Value) -> Vec<String> {
        let rows: Vec<Intervention> = serde_json::from_value(rows).unwrap();
        let mut table = Table::new();
        assert_eq!(table.page(&rows).unwrap(), "");
        table.end().unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn known_values_are_shown_and_others_are_a_question_mark() {
        let shown = lines(json!([
            {"id": "e1", "created_at": "2024-03-05T09:12:44Z", "updated_at": "2024-03-05T10:00:00Z", "user_id": "u1",
             "user_replies_count": 12, "category_ids": ["c1", "c2"], "status": "Ouverte",
             "custom_fields": {"name": "canary"}},
            {"id": "e2"},
            {"id": "e3", "closed": true, "category_ids": []},
        ]));
        let expected = [
            "id  opened (UTC)      updated (UTC)     agent  replies  categories  state",
            "e1  2024-03-05 09:12  2024-03-05 10:00  u1          12  c1          Ouverte",
            "                                                        c2",
            "e2  ?                 ?                 ?            ?  ?           in an unknown state",
            "e3  ?                 ?                 ?            ?              closed",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_server_can_not_move_the_cursor() {
        let text = "a\u{1b}[2A\r\n\u{9b}2J";
        let row = json!({"id": text, "user_id": text, "status": text, "category_ids": [text]});
        let shown = lines(json!([row]));
        assert_eq!(shown.len(), 2, "{shown:?}");
        assert!(!shown.concat().contains(char::is_control), "{shown:?}");
    }
}
