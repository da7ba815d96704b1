//! Strings, email addresses, URLs and JSON.

use crate::newfies::form::{Field, Form, REQUIRED, as_text};
use serde_json::Value;

impl Form<'_> {
    fn too_long(&mut self, name: &str, text: &str, most: usize) -> bool {
        let length = text.chars().count();
        if length > most {
            let message = format!("Ensure this value has at most {most} characters (it has {length}).");
            self.errors.add(name, message);
        }
        length > most
    }

    /// A string of at most `most` characters.
    pub(in crate::newfies) fn text(&mut self, field: Field, most: usize, into: &mut String) {
        let Some(value) = self.take(field.kind("string")) else { return };
        let text = as_text(value);
        if text.is_empty() && field.is_required {
            self.errors.add(field.name, REQUIRED);
        } else if !self.too_long(field.name, &text, most) {
            *into = text;
        }
    }

    /// A string of at most `most` characters, or null.
    pub(in crate::newfies) fn text_or_null(&mut self, field: Field, most: usize, into: &mut Option<String>) {
        let Some(value) = self.take(field.kind("string")) else { return };
        let text = (!value.is_null()).then(|| as_text(value));
        if field.is_required && text.as_deref().is_none_or(str::is_empty) {
            self.errors.add(field.name, REQUIRED);
        } else if !text.as_deref().is_some_and(|text| self.too_long(field.name, text, most)) {
            *into = text;
        }
    }

    /// An email address or an empty string.
    pub(in crate::newfies) fn email(&mut self, name: &'static str, into: &mut String) {
        let mut read = into.clone();
        self.text(Field::optional(name).kind("email"), 75, &mut read);
        let read = read.trim();
        let local_and_host = read.split_once('@');
        let is_address = |(local, host): (&str, &str)| {
            !local.is_empty()
                && local.is_ascii()
                && (host == "localhost" || host.contains('.'))
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !read.contains(char::is_whitespace)
                && !host.contains('@')
        };
        if !self.sent.contains_key(name) || read.is_empty() || local_and_host.is_some_and(is_address) {
            *into = read.to_owned();
        } else {
            self.errors.add(name, "Enter a valid email address.");
        }
    }

    /// An email address or null.
    pub(in crate::newfies) fn email_or_null(&mut self, name: &'static str, into: &mut Option<String>) {
        match self.sent.get(name) {
            Some(Value::Null) => {
                self.take(Field::optional(name).kind("email"));
                *into = None;
            }
            Some(_) => {
                let mut read = String::new();
                self.email(name, &mut read);
                *into = Some(read);
            }
            None => drop(self.take(Field::optional(name).kind("email"))),
        }
    }

    /// A URL or null.
    pub(in crate::newfies) fn url_or_null(&mut self, name: &'static str, most: usize, into: &mut Option<String>) {
        self.text_or_null(Field::optional(name), most, into);
        let schemes = ["http://", "https://", "ftp://", "ftps://"];
        let is_url = |text: &str| schemes.iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
        if into.as_deref().is_some_and(|text| !text.is_empty() && !is_url(text)) {
            self.errors.add(name, "Invalid value.");
        }
    }

    /// One of `codes`, which have two letters, or null.
    pub(in crate::newfies) fn code_or_null(&mut self, name: &'static str, codes: &str, into: &mut Option<String>) {
        let Some(value) = self.take(Field::optional(name).kind("choice")) else { return };
        let code = as_text(value);
        if code.is_empty() {
            *into = None;
        } else if codes.split(' ').any(|known| known == code) {
            *into = Some(code);
        } else {
            let message = format!("Select a valid choice. {code} is not one of the available choices.");
            self.errors.add(name, message);
        }
    }

    /// Any JSON, or a string that contains JSON.
    pub(in crate::newfies) fn json(&mut self, name: &'static str, into: &mut Value) {
        match self.take(Field::optional(name)) {
            None => {}
            Some(Value::String(text)) if text.is_empty() => *into = Value::Null,
            Some(Value::String(text)) => match serde_json::from_str(text) {
                // The text of a text is read once more, and that isn't caught.
                Ok(Value::String(inner)) if serde_json::from_str::<Value>(&inner).is_err() => self.breaks = true,
                Ok(value) => *into = value,
                Err(_) => self.errors.add(name, format!("'{text}' is not a valid JSON string.")),
            },
            Some(value) => into.clone_from(value),
        }
    }
}
