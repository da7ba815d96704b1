//! A change of custom fields, and how their values are written.

use care_client_core::Error;
use std::{borrow::Cow, fmt};

type Text = Cow<'static, str>;

/// A change of an intervention: `engagement.interventions().update(id, InterventionPatch::new()…)`.
///
/// Only custom fields can be changed; fields that aren't set stay unchanged.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Updating an intervention", and *developer guide*,
/// `docs/basics/requests.md`, <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Default)]
#[must_use = "give it to engagement.interventions().update(..)"]
pub struct InterventionPatch {
    fields: Vec<(String, FieldValue)>,
}

/// The value of a custom field, made from a text, a number, a boolean or several texts. It is redacted in `Debug`.
///
/// ```
/// use engagement_client::{FieldValue, InterventionPatch};
///
/// let patch = InterventionPatch::new()
///     .custom_field("order_number", "A-1042")
///     .custom_field("parcels", 2)
///     .custom_field("urgent", true)
///     .custom_field("topics", ["delivery", "refund"]);
/// assert_eq!(FieldValue::from(["a"]), FieldValue::Several(vec!["a".into()]));
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldValue {
    /// One value, as text. How to clear a field isn't documented: servers of this kind usually accept an empty text,
    /// and `[""]` for a field with several values (defect [`ENG-11`](crate::defects)). Check the answer.
    One(String),
    /// The values of a field that holds several.
    Several(Vec<String>),
}

impl InterventionPatch {
    /// A change of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a custom field, replacing a value set earlier for the same key. The key is that of the field's definition,
    /// such as `order_number`, not its label.
    pub fn custom_field(mut self, key: impl Into<String>, value: impl Into<FieldValue>) -> Self {
        let key = key.into();
        self.fields.retain(|(known, _)| *known != key);
        self.fields.push((key, value.into()));
        self
    }

    /// The request's parameters.
    pub(super) fn pairs(&self) -> Result<Vec<(Text, Text)>, Error> {
        if self.fields.is_empty() {
            return Err(Error::request("nothing to change: set at least one custom field"));
        }
        let mut pairs: Vec<(Text, Text)> = Vec::with_capacity(self.fields.len());
        for (key, value) in &self.fields {
            if key.trim().is_empty() || key.contains(['[', ']']) || key.contains(char::is_control) {
                return Err(Error::request(
                    "the key of a custom field is empty or contains a bracket or line break: use the key of its \
                     definition, not its label",
                ));
            }
            match value {
                FieldValue::One(text) => {
                    pairs.push((format!("custom_field_values[{key}]").into(), text.clone().into()))
                }
                FieldValue::Several(texts) if texts.is_empty() => {
                    return Err(Error::request(
                        "a custom field has no value: to clear it, set one empty text in a list: [\"\"]",
                    ));
                }
                FieldValue::Several(texts) => {
                    let name = format!("custom_field_values[{key}][]");
                    pairs.extend(texts.iter().map(|text| (name.clone().into(), text.clone().into())));
                }
            }
        }
        Ok(pairs)
    }
}

// A custom field can hold personal data.
impl fmt::Debug for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::One(_) => "One([personal])",
            Self::Several(_) => "Several([personal])",
        })
    }
}

impl From<&str> for FieldValue {
    fn from(text: &str) -> Self {
        Self::One(text.to_owned())
    }
}

impl From<String> for FieldValue {
    fn from(text: String) -> Self {
        Self::One(text)
    }
}

macro_rules! one_from {
    ($($number:ty)+) => {$(
        impl From<$number> for FieldValue {
            fn from(value: $number) -> Self {
                Self::One(value.to_string())
            }
        }
    )+};
}

one_from! { bool i32 i64 u32 u64 f64 }

impl<T: Into<String>> From<Vec<T>> for FieldValue {
    fn from(texts: Vec<T>) -> Self {
        Self::Several(texts.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<String>, const N: usize> From<[T; N]> for FieldValue {
    fn from(texts: [T; N]) -> Self {
        Self::Several(texts.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(patch: &InterventionPatch) -> Vec<String> {
        patch.pairs().unwrap().iter().map(|(key, value)| format!("{key}={value}")).collect()
    }

    #[test]
    fn the_last_value_of_a_key_wins_and_debug_shows_none() {
        let patch = InterventionPatch::new().custom_field("a", "CANARY").custom_field("b", 1.5).custom_field("a", 7);
        assert_eq!(pairs(&patch), ["custom_field_values[b]=1.5", "custom_field_values[a]=7"]);
        let patch = InterventionPatch::new().custom_field("a", "CANARY").custom_field("b", vec!["CANARY"]);
        let shown = format!("{patch:?} {:?}", FieldValue::from("CANARY"));
        assert!(shown.contains("Several([personal])") && !shown.contains("CANARY"), "{shown}");
    }

    #[test]
    fn an_invalid_key_or_value_is_rejected_without_being_quoted() {
        for (patch, expected) in [
            (InterventionPatch::new(), "at least one"),
            (InterventionPatch::new().custom_field("", "x"), "label"),
            (InterventionPatch::new().custom_field("CANARY][x", "x"), "label"),
            (InterventionPatch::new().custom_field("CANARY\n", "x"), "label"),
            (InterventionPatch::new().custom_field("CANARY", Vec::<String>::new()), "one empty text"),
        ] {
            let error = patch.pairs().unwrap_err().to_string();
            assert!(error.contains(expected) && !error.contains("CANARY"), "{error}");
        }
    }
}
