//! `null` where an array was promised.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

/// Reads an array, and `null` as an empty one; for `#[serde(deserialize_with = …)]`.
///
/// Together with `#[serde(default)]` it makes `null`, an absent array and an empty one the same.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Callout {
///     #[serde(default, deserialize_with = "care_client_core::wire::or_empty")]
///     suppliers: Vec<u64>,
/// }
///
/// for text in [r#"{"suppliers": null}"#, "{}"] {
///     assert!(serde_json::from_str::<Callout>(text)?.suppliers.is_empty());
/// }
/// assert_eq!(serde_json::from_str::<Callout>(r#"{"suppliers": [109]}"#)?.suppliers, [109]);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
///
/// Refuses everything but `null` and an array whose elements are all a `T`.
pub fn or_empty<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_option(ListVisitor(PhantomData))
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_unit<E: Error>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_none<E: Error>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
        let Some(first) = elements.next_element()? else { return Ok(Vec::new()) };
        // Lists of one are the rule in these APIs, and a Vec that is left to itself starts with room for four.
        let mut list = vec![first];
        while let Some(element) = elements.next_element()? {
            list.push(element);
        }
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use super::or_empty;

    #[test]
    fn only_null_becomes_an_empty_list() {
        let read = |text: &str| or_empty::<_, u64>(&mut serde_json::Deserializer::from_str(text));
        assert!(read("null").unwrap().is_empty());
        assert!(read("[]").unwrap().is_empty());
        assert_eq!(read("[1,2,3]").unwrap(), [1, 2, 3]);
        for text in ["{}", "\"\"", "0", "[1,null]"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
