//! Error texts without values.
//!
//! serde's messages quote what they found (`invalid type: string "…", expected u64`), and what they found is the body. Only the
//! parts that programs wrote are kept: the class, the kind of value, and what was expected.

use serde_json::error::Category;

/// The kinds of values that serde's messages name ahead of a quotation, and the two that [`crate::wire`] names.
const KINDS: [&str; 13] = [
    "string",
    "integer",
    "floating point",
    "boolean",
    "character",
    "byte array",
    "null",
    "map",
    "sequence",
    "unit value",
    "Option value",
    "number",
    "text",
];

/// What `error` says, without any value, with line and column.
pub(super) fn text_of(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&position).unwrap_or(&message);
    let mut text = match error.classify() {
        // Messages of a `Deserialize`, which may hold anything.
        Category::Data => data(message),
        // A fixed list of texts in serde_json.
        Category::Syntax | Category::Eof | Category::Io => message.to_owned(),
    };
    if error.line() > 0 {
        text += &format!(" (line {}, column {})", error.line(), error.column());
    }
    text
}

fn data(message: &str) -> String {
    for class in ["invalid type", "invalid value", "invalid length", "unknown variant", "unknown field"] {
        let Some(found) = message.strip_prefix(class).filter(|found| found.starts_with([':', ' '])) else { continue };
        let kind = found.strip_prefix(": ").and_then(|found| KINDS.iter().find(|kind| is_kind(found, kind)));
        let kind = kind.map(|kind| format!(": {kind}")).unwrap_or_default();
        return format!("{class}{kind}{}", expected(found));
    }
    for class in ["missing field", "duplicate field"] {
        let field = message.strip_prefix(class).and_then(|field| field.strip_prefix(" `")?.strip_suffix('`'));
        if let Some(field) = field.filter(|field| !field.contains(['`', '\n'])) {
            return format!("{class} `{field}`");
        }
    }
    "a value that is not accepted here".to_owned()
}

fn is_kind(found: &str, kind: &str) -> bool {
    found.strip_prefix(kind).is_some_and(|rest| rest.starts_with([' ', ',']))
}

/// `, expected …` as the program wrote it. It comes last, so a quotation that holds the same words stands ahead of it.
fn expected(found: &str) -> &str {
    let ends_without = found.ends_with(", there are no variants") || found.ends_with(", there are no fields");
    match found.rfind(", expected ") {
        Some(at) if !ends_without => &found[at..],
        _ => "",
    }
}
