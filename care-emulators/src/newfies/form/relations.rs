//! Links and ids of other rows.

use crate::newfies::form::{Field, Form, REQUIRED, as_text, type_name};
use serde_json::Value;

impl Form<'_> {
    /// A link to a row of the resource `path` for which `may` returns true, or null.
    pub(in crate::newfies) fn link_or_null(
        &mut self,
        field: Field,
        path: &str,
        may: impl Fn(u64) -> bool,
        into: &mut Option<u64>,
    ) {
        let Some(value) = self.take(field) else { return };
        let is_empty = value.is_null() || matches!(value.as_str(), Some("" | "None"));
        if is_empty && field.is_required {
            return self.errors.add(field.name, REQUIRED);
        }
        if is_empty {
            *into = None;
            return;
        }
        let Some(link) = value.as_str() else {
            let received = type_name(value);
            return self.errors.add(field.name, format!("Incorrect type.  Expected url string, received {received}."));
        };
        match self.settings.root.resolve(link) {
            Err(message) => self.errors.add(field.name, message),
            Ok((found, _)) if found != path => {
                self.errors.add(field.name, "Invalid hyperlink - Incorrect URL match");
            }
            Ok((_, id)) => match id.parse().ok().filter(|id| may(*id)) {
                Some(id) => *into = Some(id),
                None => self.errors.add(field.name, "Invalid hyperlink - object does not exist."),
            },
        }
    }

    /// A required link. A row without one has 0.
    pub(in crate::newfies) fn link(
        &mut self,
        name: &'static str,
        path: &str,
        may: impl Fn(u64) -> bool,
        into: &mut u64,
    ) {
        let mut read = Some(*into);
        self.link_or_null(Field::needed(name), path, may, &mut read);
        *into = read.unwrap_or(*into);
    }

    /// A plain id for which `exist` returns true.
    pub(in crate::newfies) fn bare_id(&mut self, name: &'static str, exist: impl Fn(u64) -> bool, into: &mut u64) {
        let Some(value) = self.take(Field::needed(name)) else { return };
        let read = match value {
            Value::Null => return self.errors.add(name, REQUIRED),
            Value::String(text) if text.is_empty() => return self.errors.add(name, REQUIRED),
            // As Python's int() makes a number of it.
            Value::Bool(yes) => Some(u64::from(*yes)),
            Value::Number(number) if number.is_f64() => number.as_f64().map(|float| float.max(0.0) as u64),
            Value::Number(number) => number.as_u64().or_else(|| number.as_i64().map(|_| 0)),
            Value::String(text) => text.trim().parse::<i64>().ok().map(|id| u64::try_from(id).unwrap_or_default()),
            _ => None,
        };
        match read {
            Some(id) if exist(id) => *into = id,
            Some(_) => {
                self.errors.add(name, format!("Invalid pk '{}' - object does not exist.", as_text(value)));
            }
            None => {
                let received = type_name(value);
                self.errors.add(name, format!("Incorrect type.  Expected pk value, received {received}."));
            }
        }
    }
}
