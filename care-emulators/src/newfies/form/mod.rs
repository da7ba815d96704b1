//! Validation of written objects, field by field, as Django REST framework does it.
//!
//! A resource calls one method of [`Form`] for each field; the method reads the sent value into the row or adds an
//! error. Validation has two phases: errors of single fields come first and hide errors of the row. A field that wasn't
//! sent keeps the row's value: the old one in a partial update, otherwise the default.

pub(super) mod numbers;
pub(super) mod relations;
pub(super) mod texts;

use crate::newfies::{response::ErrorResponse, settings::Settings};
use serde_json::{Map, Value, json};

const REQUIRED: &str = "This field is required.";

/// Errors by field.
#[derive(Debug, Default)]
struct Errors(Map<String, Value>);

impl Errors {
    fn add(&mut self, name: &str, message: impl Into<String>) {
        let message = Value::from(message.into());
        match self.0.get_mut(name).and_then(Value::as_array_mut) {
            Some(known) => known.push(message),
            None => drop(self.0.insert(name.to_owned(), json!([message]))),
        }
    }
}

/// A sent object that is read into a row.
pub(super) struct Form<'a> {
    sent: &'a Map<String, Value>,
    settings: &'a Settings,
    /// Whether this is a partial update.
    partial: bool,
    errors: Errors,
    row_errors: Errors,
    /// What the response repeats as it was sent.
    echo: Map<String, Value>,
    fields: Vec<Field>,
    /// Whether the server crashes before it validates the row.
    breaks: bool,
    /// Whether a number is too large for the database.
    overflows: bool,
}

/// What the response repeats as it was sent.
pub(super) type Echo = Map<String, Value>;

impl<'a> Form<'a> {
    pub(super) fn new(sent: &'a Map<String, Value>, settings: &'a Settings, partial: bool) -> Self {
        Self {
            sent,
            settings,
            partial,
            errors: Errors::default(),
            row_errors: Errors::default(),
            echo: Map::new(),
            fields: Vec::new(),
            breaks: false,
            overflows: false,
        }
    }

    /// The sent value of a field. A missing needed field is an error.
    fn take(&mut self, field: Field) -> Option<&'a Value> {
        let value = self.sent.get(field.name);
        if value.is_none() && field.is_needed && !self.partial {
            self.errors.add(field.name, REQUIRED);
        }
        self.fields.push(field);
        value
    }

    /// Adds an error of the row, which counts only if all single fields are valid.
    pub(super) fn refuse(&mut self, name: &str, message: impl Into<String>) {
        self.row_errors.add(name, message);
    }

    /// Makes the server crash if a valid field was sent.
    pub(super) fn break_if_sent(&mut self, name: &str) {
        self.breaks |= self.sent.contains_key(name) && !self.errors.0.contains_key(name);
    }

    /// Ends the validation.
    pub(super) fn finish(self) -> Result<Echo, ErrorResponse> {
        if self.breaks {
            Err(ErrorResponse::Crash)
        } else if !self.errors.0.is_empty() {
            Err(ErrorResponse::Fields(self.errors.0))
        } else if !self.row_errors.0.is_empty() {
            Err(ErrorResponse::Fields(self.row_errors.0))
        } else if self.overflows {
            Err(ErrorResponse::Crash)
        } else {
            Ok(self.echo)
        }
    }

    /// The fields, as `OPTIONS` describes them.
    pub(super) fn described(self) -> Value {
        self.fields.into_iter().map(|field| (field.name.to_owned(), field.described())).collect::<Map<_, _>>().into()
    }
}

/// Whether a value counts as empty: `null`, an empty string, an empty list, an empty object.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The Python name of a value's type.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "unicode",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}

/// The string that a text field makes of a value.
fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(_) | Value::Object(_) => repr(value),
        Value::Number(_) => value.to_string(),
    }
}

/// What Python 2 writes for a value inside of a list or an object.
fn repr(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::String(text) => {
            let (quote, escaped) = if text.contains('\'') && !text.contains('"') { ('"', "\"") } else { ('\'', "\\'") };
            let mut shown = format!("u{quote}");
            for c in text.chars() {
                match c {
                    '\\' => shown.push_str("\\\\"),
                    '\n' => shown.push_str("\\n"),
                    '\r' => shown.push_str("\\r"),
                    '\t' => shown.push_str("\\t"),
                    c if c == quote => shown.push_str(escaped),
                    ' '..='~' => shown.push(c),
                    c if u32::from(c) < 0x100 => shown += &format!("\\x{:02x}", u32::from(c)),
                    c if u32::from(c) < 0x1_0000 => shown += &format!("\\u{:04x}", u32::from(c)),
                    c => shown += &format!("\\U{:08x}", u32::from(c)),
                }
            }
            shown.push(quote);
            shown
        }
        Value::Array(list) => format!("[{}]", list.iter().map(repr).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            let pairs = map.iter().map(|(key, value)| format!("{}: {}", repr(&key.as_str().into()), repr(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => as_text(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_a_text_field_is_written_as_python_2_writes_it() {
        let list = json!(["a'b", "c\"d'", 1, 1.5, true, null, {"k": "\u{e4}\u{20ac}\n\\"}]);
        let shown = r#"[u"a'b", u'c"d\'', 1, 1.5, True, None, {u'k': u'\xe4\u20ac\n\\'}]"#;
        assert_eq!(as_text(&list), shown);
    }
}

/// The properties of a field.
#[derive(Debug, Clone, Copy)]
pub(in crate::newfies) struct Field {
    pub(super) name: &'static str,
    /// Whether a create must contain it.
    pub(super) is_needed: bool,
    /// Whether it may not be empty.
    pub(super) is_required: bool,
    /// Its type in `OPTIONS`.
    pub(super) kind: &'static str,
}

impl Field {
    /// A field that a create must contain and that may not be empty.
    pub(in crate::newfies) fn needed(name: &'static str) -> Self {
        Self { name, is_needed: true, is_required: true, kind: "field" }
    }

    /// A field that has a default and may not be empty.
    pub(in crate::newfies) fn defaulted(name: &'static str) -> Self {
        Self { is_needed: false, ..Self::needed(name) }
    }

    /// A field that may be missing and may be empty.
    pub(in crate::newfies) fn optional(name: &'static str) -> Self {
        Self { is_required: false, ..Self::defaulted(name) }
    }

    pub(super) fn kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    pub(super) fn described(self) -> Value {
        json!({ "type": self.kind, "required": self.is_required, "read_only": false })
    }
}
