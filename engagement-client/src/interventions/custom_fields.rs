//! Custom fields, which have two names on the wire.

use care_client_core::Personal;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// The values of the fields that an account has added to its interventions, by the keys of their definitions.
///
/// A value is a text, a number, a boolean, a list of texts, or null. Values can hold personal data and are redacted in
/// `Debug`.
///
/// They are read under both of their names, `custom_field_values` in answers of the live service and `custom_fields` in
/// its specification, and serialized under the first (defect [`ENG-03`](crate::defects)).
///
/// ```
/// use engagement_client::Intervention;
///
/// # let body = r#"{"id": "64b0c3a1f2d94e0007a1b2c3",
/// #     "custom_fields": {"order_number": "A-1042", "topics": ["delivery"]}}"#;
/// # let intervention: Intervention = serde_json::from_str(body)?;
/// # fn show(intervention: &Intervention) {
/// println!("order {}", intervention.custom_fields.text("order_number").unwrap_or("unknown"));
/// # }
/// # show(&intervention);
/// assert_eq!(intervention.custom_fields.text("order_number"), Some("A-1042"));
/// assert!(intervention.custom_fields.get("topics").is_some_and(|topics| topics.is_array()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct CustomFields {
    #[serde(rename = "custom_field_values", skip_serializing_if = "Option::is_none")]
    values: Option<Personal<Map<String, Value>>>,
}

/// Both names; an answer usually has one of them.
#[derive(Deserialize)]
struct Names {
    custom_field_values: Option<Map<String, Value>>,
    custom_fields: Option<Map<String, Value>>,
}

impl CustomFields {
    /// The value of a field; `None` if it is absent.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.as_ref()?.get(key)
    }

    /// The value of a text field; `None` if it is absent or not a text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// All fields; `None` if the answer had neither name.
    #[must_use]
    pub fn all(&self) -> Option<&Map<String, Value>> {
        self.values.as_deref()
    }
}

// ENG-03
impl<'de> Deserialize<'de> for CustomFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Names { custom_field_values, custom_fields } = Names::deserialize(deserializer)?;
        let values = match (custom_field_values, custom_fields) {
            (Some(live), Some(mut specified)) => {
                specified.extend(live);
                Some(specified)
            }
            (live, specified) => live.or(specified),
        };
        Ok(Self { values: values.map(Personal) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> CustomFields {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn both_names_are_read_as_one() {
        // ENG-03
        for text in
            [r#"{"custom_field_values":{"a":"1"}}"#, r#"{"custom_fields":{"a":"1"},"custom_field_values":null}"#]
        {
            assert_eq!(read(text).text("a"), Some("1"), "{text}");
            assert_eq!(serde_json::to_string(&read(text)).unwrap(), r#"{"custom_field_values":{"a":"1"}}"#);
        }
        let both = read(r#"{"custom_field_values":{"a":"live"},"custom_fields":{"a":"old","b":[2]}}"#);
        assert_eq!((both.text("a"), both.get("b").map(Value::is_array)), (Some("live"), Some(true)));
    }

    #[test]
    fn no_fields_differ_from_unknown_fields_and_debug_shows_none() {
        assert_eq!((read("{}").all(), read(r#"{"custom_fields":null}"#).all()), (None, None));
        assert_eq!(read(r#"{"custom_fields":{}}"#).all().map(Map::len), Some(0));
        assert_eq!(serde_json::to_string(&read("{}")).unwrap(), "{}");
        let canary = read(r#"{"custom_fields":{"a":"CANARY"}}"#);
        assert!(!format!("{canary:?}").contains("CANARY"));
    }
}
