use care_client_core::Error;
use std::{borrow::Cow, fmt};

type Text = Cow<'static, str>;

/// What to change of an intervention: `engagement.interventions().update(id, InterventionPatch::new()…)`.
///
/// Only custom fields can be changed; what isn't named stays as it is.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Updating an intervention", and *developer guide*,
/// `docs/basics/requests.md`, <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Default)]
#[must_use = "give it to engagement.interventions().update(..)"]
pub struct InterventionPatch {
    fields: Vec<(String, FieldValue)>,
}

/// The value of a custom field: made from a text, a number, a boolean, or several texts. Hidden in `Debug`.
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
    /// One value, as text. How a field is emptied isn't documented: an empty text is what servers of this kind take, and `[""]` for
    /// one with several values (defect [`ENG-11`](crate::defects)). Look at the answer.
    One(String),
    /// The values of a field that takes several.
    Several(Vec<String>),
}

impl InterventionPatch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a custom field, instead of any value set for that key before. The key is that of the field's definition, such as
    /// `order_number`, not its label.
    pub fn custom_field(mut self, key: impl Into<String>, value: impl Into<FieldValue>) -> Self {
        let key = key.into();
        self.fields.retain(|(known, _)| *known != key);
        self.fields.push((key, value.into()));
        self
    }

    /// The parameters that say it.
    pub(super) fn pairs(&self) -> Result<Vec<(Text, Text)>, Error> {
        if self.fields.is_empty() {
            return Err(Error::request("nothing is changed: name at least one custom field"));
        }
        let mut pairs: Vec<(Text, Text)> = Vec::with_capacity(self.fields.len());
        for (key, value) in &self.fields {
            if key.trim().is_empty() || key.contains(['[', ']']) || key.contains(char::is_control) {
                return Err(Error::request(
                    "the key of a custom field is empty or holds a bracket or line break: take the key of its definition, not its label",
                ));
            }
            match value {
                FieldValue::One(text) => {
                    pairs.push((format!("custom_field_values[{key}]").into(), text.clone().into()))
                }
                FieldValue::Several(texts) if texts.is_empty() => {
                    return Err(Error::request(
                        "a custom field is set to no value at all: to empty it, give one empty text in a list, as [\"\"]",
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

// A custom field can hold anything, also of a person.
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
    fn the_last_value_of_a_key_counts_and_nothing_is_shown() {
        let patch = InterventionPatch::new().custom_field("a", "CANARY").custom_field("b", 1.5).custom_field("a", 7);
        assert_eq!(pairs(&patch), ["custom_field_values[b]=1.5", "custom_field_values[a]=7"]);
        let patch = InterventionPatch::new().custom_field("a", "CANARY").custom_field("b", vec!["CANARY"]);
        let shown = format!("{patch:?} {:?}", FieldValue::from("CANARY"));
        assert!(shown.contains("Several([personal])") && !shown.contains("CANARY"), "{shown}");
    }

    #[test]
    fn what_would_be_another_field_or_none_is_refused_without_being_quoted() {
        for (patch, tells) in [
            (InterventionPatch::new(), "at least one"),
            (InterventionPatch::new().custom_field("", "x"), "label"),
            (InterventionPatch::new().custom_field("CANARY][x", "x"), "label"),
            (InterventionPatch::new().custom_field("CANARY\n", "x"), "label"),
            (InterventionPatch::new().custom_field("CANARY", Vec::<String>::new()), "one empty text"),
        ] {
            let error = patch.pairs().unwrap_err().to_string();
            assert!(error.contains(tells) && !error.contains("CANARY"), "{error}");
        }
    }
}
