//! The output formats, and the JSON lines.
//!
//! Interventions are written page by page. No format writes control characters of the server, or characters that change
//! the direction of writing, to a terminal or into a file.

use crate::{csv::Comma, table::Table};
use clap::ValueEnum;
use engagement_client::Intervention;
use examples::is_unsafe_to_show;
use std::{fmt::Write as _, io};

/// The output format.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    Table,
    Csv,
    Jsonl,
}

/// Formats interventions, page by page.
pub(crate) trait Writer {
    /// The text of the next interventions.
    fn page(&mut self, interventions: &[Intervention]) -> io::Result<String>;

    /// The text after the last page.
    fn end(&mut self) -> io::Result<String> {
        Ok(String::new())
    }
}

impl Format {
    pub(crate) fn writer(self) -> Box<dyn Writer> {
        match self {
            Self::Table => Box::new(Table::new()),
            Self::Csv => Box::new(Comma::new()),
            Self::Jsonl => Box::new(JsonLines),
        }
    }
}

/// One JSON object per line, with everything that an intervention contains.
pub(crate) struct JsonLines;

impl Writer for JsonLines {
    fn page(&mut self, interventions: &[Intervention]) -> io::Result<String> {
        let mut text = String::new();
        for intervention in interventions {
            escape(&serde_json::to_string(intervention)?, &mut text);
            text.push('\n');
        }
        Ok(text)
    }
}

/// Appends JSON without characters that control a terminal or the direction of writing. JSON itself escapes only some.
/// The others occur only inside strings, where an escape means the same.
fn escape(json: &str, text: &mut String) {
    for c in json.chars() {
        if is_unsafe_to_show(c) {
            // Writing to a string can't fail.
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn each_intervention_is_a_line_that_can_be_read_back() {
        let text = "a\u{9b}2J\u{7f}\u{1b}[2A\r\nä\u{202e}\u{2066}\u{200f}";
        let shown = json!({"id": "1", "status": text, "custom_field_values": {"name": text, "topics": ["a"]}});
        let one: Intervention = serde_json::from_value(shown).unwrap();
        let lines = JsonLines.page(&[one.clone(), one.clone()]).unwrap();
        assert!(!lines.contains(|c: char| is_unsafe_to_show(c) && c != '\n'), "{lines}");
        let read: Vec<Intervention> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(read, [one.clone(), one]);
        let line: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!(line["custom_field_values"], json!({"name": text, "topics": ["a"]}));
    }
}
