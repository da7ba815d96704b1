//! CSV: a column for each field except custom fields, whose names differ between accounts.
//!
//! A file is safe to open in a spreadsheet: no cell is a formula, and none contains control characters or characters
//! that change the direction of writing. A text that begins, after blanks and invisible characters, with `=`, `+`, `-`
//! or `@`, also in full width, gets an apostrophe before it, which spreadsheets take as "this is text": OWASP's advice
//! against CSV injection (<https://owasp.org/www-community/attacks/CSV_Injection>). So a file isn't the exact text of
//! the server: programs that need that read JSON lines.

use crate::format::Writer;
use engagement_client::Intervention;
use examples::sanitize;
use serde_json::Value;
use std::io;

/// CSV with a header.
pub(crate) struct Comma {
    has_header: bool,
}

impl Comma {
    pub(crate) fn new() -> Self {
        Self { has_header: false }
    }
}

impl Writer for Comma {
    fn page(&mut self, interventions: &[Intervention]) -> io::Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        if !std::mem::replace(&mut self.has_header, true) {
            writer.write_record(NAMES)?;
        }
        for intervention in interventions {
            writer.write_record(values(intervention)?)?;
        }
        let text = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
        String::from_utf8(text).map_err(io::Error::other)
    }

    fn end(&mut self) -> io::Result<String> {
        // An empty list has a header, too.
        if self.has_header { Ok(String::new()) } else { self.page(&[]) }
    }
}

/// The names of an intervention's fields except custom fields.
pub(crate) const NAMES: [&str; 31] = [
    "id",
    "created_at",
    "updated_at",
    "closed",
    "status",
    "user_id",
    "category_ids",
    "user_replies_count",
    "comments_count",
    "thread_id",
    "content_id",
    "source_id",
    "identity_id",
    "identity_group_id",
    "closed_at",
    "deferred_at",
    "first_user_reply_id",
    "first_user_reply_in",
    "first_user_reply_in_bh",
    "last_user_reply_in",
    "last_user_reply_in_bh",
    "user_reply_in_average",
    "user_reply_in_average_bh",
    "user_reply_in_average_count",
    "detected_language",
    "translation_enabled",
    "satisfaction_grade",
    "satisfaction_sent_at",
    "satisfaction_answered_at",
    "survey_id",
    "survey_response_id",
];

/// The values of an intervention in the order of [`NAMES`]. A missing value is empty.
pub(crate) fn values(intervention: &Intervention) -> io::Result<Vec<String>> {
    let value = serde_json::to_value(intervention)?;
    Ok(NAMES.iter().map(|name| cell(&value[*name])).collect())
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => escaped(text),
        Value::Array(ids) => escaped(&ids.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

/// The text in a form that a spreadsheet doesn't evaluate. A text that begins like a formula would be evaluated as one,
/// and could send the content of other cells to a server.
fn escaped(text: &str) -> String {
    let text = sanitize(text);
    let is_invisible =
        |c: char| c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}');
    let shown = text.trim_start_matches(is_invisible);
    let is_formula = shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '−', '﹢', '﹣', '﹦', '﹫']);
    if is_formula { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn named(shown: Value) -> Vec<(&'static str, String)> {
        let intervention = serde_json::from_value(shown).unwrap();
        NAMES.into_iter().zip(values(&intervention).unwrap()).filter(|(_, value)| !value.is_empty()).collect()
    }

    #[test]
    fn every_field_except_custom_fields_is_a_column() {
        let bare: Intervention = serde_json::from_value(json!({"id": "1"})).unwrap();
        let all = serde_json::to_value(bare).unwrap();
        let mut all: Vec<_> = all.as_object().unwrap().keys().map(String::as_str).collect();
        let mut names = NAMES;
        all.sort_unstable();
        names.sort_unstable();
        assert_eq!(all, names);
    }

    #[test]
    fn each_value_is_text_and_a_missing_one_is_empty() {
        let shown = json!({
            "id": "1", "created_at": "2024-03-05T09:12:44Z", "closed": false, "category_ids": ["a", "b"],
            "user_replies_count": 2, "satisfaction_grade": -1, "custom_fields": {"name": "canary"}, "user_id": null,
        });
        let expected = [
            ("id", "1"),
            ("created_at", "2024-03-05T09:12:44.000Z"),
            ("closed", "false"),
            ("category_ids", "a b"),
            ("user_replies_count", "2"),
            ("satisfaction_grade", "-1"),
        ];
        assert_eq!(named(shown), expected.map(|(name, value)| (name, value.to_owned())));
        assert_eq!(named(json!({"id": "1", "category_ids": []})).len(), 1);
    }

    #[test]
    fn no_text_is_a_formula_or_moves_a_cursor() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@a", "'@a"),
            ("\t=1", "' =1"),
            ("\r\n@a", "'  @a"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("a=1", "a=1"),
            ("\u{202e}=1", "' =1"),
            ("\u{feff}=1", "' =1"),
            ("\u{200b}=1", "'\u{200b}=1"),
            ("\u{a0}-1", "'\u{a0}-1"),
            ("\u{ff0d}1", "'\u{ff0d}1"),
            ("a\u{202e}b\u{2066}c\u{200f}d", "a b c d"),
            ("a\u{1b}[2J\u{9b}A", "a [2J A"),
        ] {
            assert_eq!(named(json!({"id": "1", "status": text})), [("id", "1".into()), ("status", expected.into())]);
        }
        assert_eq!(named(json!({"id": "1", "category_ids": ["=a", "b"]}))[1].1, "'=a b");
    }
}
