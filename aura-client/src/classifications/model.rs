//! What callouts are classified as.

use crate::ids::ClassificationId;
use serde::{
    Deserialize as Derive, Serialize,
    de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor, value::SeqAccessDeserializer},
};
use serde_json::Value;
use std::{fmt, ops::Deref};

/// What a callout is classified as: `REAL`, or `TEST`, for which nobody is dispatched before a controller has verified
/// it.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, "Creating a Callout".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Derive)]
#[serde(from = "Element")]
#[non_exhaustive]
pub struct Classification {
    /// The number that a new callout takes.
    pub id: ClassificationId,
    /// The name; read from `value`, `name` or `description`, the first that has text.
    #[serde(rename = "value")]
    pub name: Option<String>,
}

impl Classification {
    /// Whether it has this name, without regard to ASCII case.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        self.name.as_deref().is_some_and(|own| own.trim().eq_ignore_ascii_case(name))
    }
}

/// The form in which a classification comes, which no document shows. What isn't text is no name.
#[derive(Derive)]
struct Element {
    id: ClassificationId,
    #[serde(default)]
    value: Value,
    #[serde(default)]
    name: Value,
    #[serde(default)]
    description: Value,
}

impl From<Element> for Classification {
    fn from(element: Element) -> Self {
        let names = [element.value, element.name, element.description];
        let name = names.into_iter().find_map(|name| match name {
            Value::String(name) if !name.trim().is_empty() => Some(name),
            _ => None,
        });
        Self { id: element.id, name }
    }
}

/// The classifications that AURA has; used as a slice.
///
/// The guide doesn't show the answer (defect [`AURA-36`](crate::defects)), so an array is read and an object with one
/// array in it, whatever its key.
///
/// ```
/// use aura_client::ClassificationList;
///
/// let text = r#"{"classifications": [{"id": 1, "value": "REAL"}, {"id": 2, "value": "TEST"}]}"#;
/// let list: ClassificationList = serde_json::from_str(text)?;
/// assert_eq!((list.real(), list.test()), (Some(1.into()), Some(2.into())));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, "Creating a Callout".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ClassificationList(Vec<Classification>);

impl ClassificationList {
    /// The id of the classification with this name, without regard to ASCII case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<ClassificationId> {
        self.iter().find(|classification| classification.is_named(name)).map(|classification| classification.id)
    }

    /// The id of `REAL`: a responder is dispatched at once.
    #[must_use]
    pub fn real(&self) -> Option<ClassificationId> {
        self.find("REAL")
    }

    /// The id of `TEST`: nobody is dispatched before a controller has verified that help is wanted.
    #[must_use]
    pub fn test(&self) -> Option<ClassificationId> {
        self.find("TEST")
    }
}

impl Deref for ClassificationList {
    type Target = [Classification];

    fn deref(&self) -> &[Classification] {
        &self.0
    }
}

impl From<Vec<Classification>> for ClassificationList {
    fn from(list: Vec<Classification>) -> Self {
        Self(list)
    }
}

impl IntoIterator for ClassificationList {
    type Item = Classification;
    type IntoIter = std::vec::IntoIter<Classification>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a ClassificationList {
    type Item = &'a Classification;
    type IntoIter = std::slice::Iter<'a, Classification>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'de> Deserialize<'de> for ClassificationList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Answer;

        impl<'de> Visitor<'de> for Answer {
            type Value = ClassificationList;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of classifications, or an object with one array in it")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<ClassificationList, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(ClassificationList)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ClassificationList, A::Error> {
                let mut lists = Vec::new();
                while let Some((IgnoredAny, value)) = map.next_entry()? {
                    lists.extend(if let Value::Array(list) = value { Some(list) } else { None });
                }
                match <[Vec<Value>; 1]>::try_from(lists) {
                    Ok([list]) => {
                        Vec::deserialize(Value::Array(list)).map(ClassificationList).map_err(de::Error::custom)
                    }
                    Err(lists) => Err(de::Error::invalid_length(lists.len(), &self)),
                }
            }
        }

        deserializer.deserialize_any(Answer)
    }
}

/// The two documented names of a classification.
///
/// A name needs AURA's list, which [`Aura::raise`](crate::Aura::raise) looks up. `create` sends one request and no
/// more: it takes a callout that is classified by an id, or not at all.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Creating a Callout",
/// <https://docs.aura.services/integration-guidelines.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CalloutClass {
    /// `REAL`: help is needed.
    Real,
    /// `TEST`: nobody is dispatched before a controller has verified that a response is wanted.
    Test,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ClassificationList, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn real_and_test_are_found_in_every_form_that_an_answer_may_have() {
        for text in [
            r#"[{"id":1,"value":"REAL"},{"id":2,"value":"TEST"}]"#,
            r#"[{"id":"1","name":"Real"},{"id":"2","name":"Test"}]"#,
            r#"[{"id":1,"value":null,"description":"real "},{"id":2,"value":7,"name":"","description":"test"}]"#,
            r#"{"calloutClassifications":[{"id":1,"value":"REAL"},{"id":2,"value":"TEST","extra":{}}],"message":"OK"}"#,
            r#"{"message":null,"count":2,"x":{"y":[]},"data":[{"id":2,"name":"test"},{"id":1,"name":"real"}]}"#,
        ] {
            let list = read(text).unwrap();
            assert_eq!((list.real(), list.test()), (Some(1.into()), Some(2.into())), "{text}");
            assert_eq!((list.find("DEMO"), list.len()), (None, 2));
            assert_eq!(read(&serde_json::to_string(&list).unwrap()).unwrap(), list);
        }
    }

    #[test]
    fn a_classification_without_a_name_is_kept_and_found_by_no_name() {
        let list = read(r#"[{"id":3},{"id":1,"value":"REAL"}]"#).unwrap();
        assert_eq!((list[0].name.as_deref(), list.len(), list.real()), (None, 2, Some(1.into())));
        assert_eq!((list.find(""), list.test()), (None, None));
        assert_eq!(read("[]").unwrap().real(), None);
    }

    #[test]
    fn what_is_no_list_or_more_than_one_is_refused() {
        for text in ["5", "null", "{}", r#""REAL""#, r#"{"message":"OK"}"#, r#"{"a":[],"b":[]}"#] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains("expected an array of classifications"), "{error}");
        }
        for text in [r#"[{"value":"REAL"}]"#, r#"{"a":[{"value":"REAL"}]}"#] {
            assert!(read(text).unwrap_err().to_string().contains("missing field `id`"));
        }
    }
}
