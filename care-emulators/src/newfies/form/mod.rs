//! What is written through the API, field by field.

pub(super) mod numbers;
pub(super) mod relations;
pub(super) mod texts;

use crate::newfies::{error_response::ErrorResponse, settings::Settings};
use serde_json::{Map, Value, json};

const REQUIRED: &str = "This field is required.";

/// Errors by the names of fields.
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

/// An object that was sent, being read into a row.
///
/// Reading has two phases, as in the framework: what is wrong with fields themselves comes first, and hides what is wrong with the row. A field that wasn't
/// sent leaves the row as it is: with its old value in a change, with the default in all else.
pub(super) struct Form<'a> {
    sent: &'a Map<String, Value>,
    settings: &'a Settings,
    /// Whether only what was sent is to change.
    partial: bool,
    errors: Errors,
    late: Errors,
    /// What the answer shows as it was sent.
    echo: Map<String, Value>,
    fields: Vec<Field>,
    /// Whether the code breaks before it looks at the row.
    breaks: bool,
    /// Whether a number is too large for the database.
    overflows: bool,
}

/// What has come of reading a form: what the answer shows as it was sent.
pub(super) type Echo = Map<String, Value>;

impl<'a> Form<'a> {
    pub(super) fn new(sent: &'a Map<String, Value>, settings: &'a Settings, partial: bool) -> Self {
        Self {
            sent,
            settings,
            partial,
            errors: Errors::default(),
            late: Errors::default(),
            echo: Map::new(),
            fields: Vec::new(),
            breaks: false,
            overflows: false,
        }
    }

    /// The value that was sent for a field. One that is needed and missing is an error.
    fn take(&mut self, field: Field) -> Option<&'a Value> {
        let value = self.sent.get(field.name);
        if value.is_none() && field.is_needed && !self.partial {
            self.errors.add(field.name, REQUIRED);
        }
        self.fields.push(field);
        value
    }

    /// Adds an error that is found when all fields are right by themselves.
    pub(super) fn refuse(&mut self, name: &str, message: impl Into<String>) {
        self.late.add(name, message);
    }

    /// Lets the code break if a field was sent that has no error.
    pub(super) fn break_if_sent(&mut self, name: &str) {
        self.breaks |= self.sent.contains_key(name) && !self.errors.0.contains_key(name);
    }

    /// Ends reading.
    pub(super) fn finish(self) -> Result<Echo, ErrorResponse> {
        if self.breaks {
            Err(ErrorResponse::Crash)
        } else if !self.errors.0.is_empty() {
            Err(ErrorResponse::Fields(self.errors.0))
        } else if !self.late.0.is_empty() {
            Err(ErrorResponse::Fields(self.late.0))
        } else if self.overflows {
            Err(ErrorResponse::Crash)
        } else {
            Ok(self.echo)
        }
    }

    /// The fields that were asked for, as `OPTIONS` tells them.
    pub(super) fn described(self) -> Value {
        self.fields.into_iter().map(|field| (field.name.to_owned(), field.described())).collect::<Map<_, _>>().into()
    }
}

/// What counts as nothing: `null`, an empty text, an empty list, an empty object.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The name that the server's language has for a value's type.
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

/// A value as the text that a text field makes of it.
fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What is known of a field before anything was sent.
#[derive(Debug, Clone, Copy)]
pub(in crate::newfies) struct Field {
    pub(super) name: &'static str,
    /// Whether a create has to have it.
    pub(super) is_needed: bool,
    /// Whether it may not be empty.
    pub(super) is_required: bool,
    /// What `OPTIONS` calls it.
    pub(super) kind: &'static str,
}

impl Field {
    /// One that a create has to have, and that may not be empty.
    pub(in crate::newfies) fn needed(name: &'static str) -> Self {
        Self { name, is_needed: true, is_required: true, kind: "field" }
    }

    /// One that has a default, and may not be empty.
    pub(in crate::newfies) fn defaulted(name: &'static str) -> Self {
        Self { is_needed: false, ..Self::needed(name) }
    }

    /// One that may be left out, and be empty.
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
