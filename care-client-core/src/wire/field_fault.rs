//! Messages about single fields, as Django REST framework sends them in the body of a 400.
//!
//! They are nested as the request's body was: an object of fields, each with a list of messages, or with the fields of
//! its own object, or with a list of such objects.

use super::Personal;
use serde_json::Value;

/// What is wrong with one field of a request.
///
/// ```
/// use care_client_core::FieldFault;
///
/// let rows = serde_json::json!([{}, {"mail": ["Not a mail address.", "Too long."]}]);
/// let body = serde_json::json!({"title": ["Too long."], "rows": rows});
/// let mut faults = FieldFault::all_in(&body);
/// faults.sort_by(|a, b| a.path.cmp(&b.path));
/// let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
/// assert_eq!(paths, ["rows[1].mail", "title"]);
/// assert_eq!(faults[0].messages.len(), 2);
/// ```
///
/// Source: Django REST framework, "Exceptions" and "Serializers", <https://www.django-rest-framework.org>.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldFault {
    /// The field's name, or the path to it, such as `data.sms_failure` or `[0].title`. `non_field_errors` and `__all__`
    /// stand for the object as a whole.
    pub path: String,
    /// The messages, to show to a person. They can quote what was sent.
    pub messages: Vec<Personal<String>>,
}

impl FieldFault {
    /// All messages in a body by the paths of their fields, in the order of the body. Values that aren't texts are
    /// ignored.
    #[must_use]
    pub fn all_in(body: &Value) -> Vec<Self> {
        let mut faults = Vec::new();
        Self::collect(body, "", &mut faults);
        faults
    }

    fn collect(value: &Value, path: &str, faults: &mut Vec<Self>) {
        let mut add = |messages: Vec<Personal<String>>| {
            if !messages.is_empty() {
                faults.push(Self { path: path.into(), messages });
            }
        };
        match value {
            Value::String(message) => add(vec![message.as_str().into()]),
            Value::Array(items) if items.iter().all(Value::is_string) => {
                add(items.iter().filter_map(Value::as_str).map(Personal::from).collect());
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    Self::collect(item, &format!("{path}[{index}]"), faults);
                }
            }
            Value::Object(map) => {
                for (key, value) in map {
                    let dot = if path.is_empty() { "" } else { "." };
                    Self::collect(value, &format!("{path}{dot}{key}"), faults);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_without_messages_has_no_faults() {
        for body in
            ["{}", "[]", "null", "7", r#"{"label": []}"#, r#"{"label": [null, 7]}"#, r#"{"label": {"a": true}}"#]
        {
            assert_eq!(FieldFault::all_in(&serde_json::from_str(body).unwrap()), [], "{body}");
        }
    }

    #[test]
    fn debug_hides_the_messages() {
        let body = serde_json::json!({"title": ["CANARY is too long."]});
        assert!(!format!("{:?}", FieldFault::all_in(&body)).contains("CANARY"));
    }
}
