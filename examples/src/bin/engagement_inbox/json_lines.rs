use crate::format::Writer;
use engagement_client::Intervention;
use std::{fmt::Write as _, io};

/// One object of JSON a line, with all that an intervention has.
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

/// Adds JSON in which a terminal finds nothing to obey. JSON itself escapes only a part of the control characters; the others
/// can only stand in a text, where the escape means the same.
fn escape(json: &str, text: &mut String) {
    for c in json.chars() {
        if c.is_control() {
            // A string takes everything.
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
    fn each_is_a_line_that_reads_back_whole() {
        let text = "a\u{9b}2J\u{7f}\u{1b}[2A\r\nä";
        let shown = json!({"id": "1", "status": text, "custom_field_values": {"name": text, "topics": ["a"]}});
        let one: Intervention = serde_json::from_value(shown).unwrap();
        let lines = JsonLines.page(&[one.clone(), one.clone()]).unwrap();
        assert!(!lines.contains(|c: char| c.is_control() && c != '\n'), "{lines}");
        let read: Vec<Intervention> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(read, [one.clone(), one]);
        let line: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!(line["custom_field_values"], json!({"name": text, "topics": ["a"]}));
    }
}
