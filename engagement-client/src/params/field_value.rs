//! Values of custom fields.

use std::fmt;

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
