//! Arrays as servers send them: `null` for an empty one, and rows that can't be read among others that can.

use super::{
    json,
    scan::{self, Scanned},
};
use crate::{
    error::DecodeError,
    response::{Page, Undecodable},
};
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, SeqAccess, Visitor},
};
use serde_json::{Number, value::RawValue};
use std::{
    fmt,
    hash::{DefaultHasher, Hasher},
    marker::PhantomData,
};

/// The rows of a JSON array: those that are a `T`, and what is known of those that aren't.
///
/// A row that can't be read is named by its `id`, as text or a number, or else by a fingerprint that holds nothing of
/// it. It is read from JSON only.
///
/// ```
/// use care_client_core::wire::{Records, json};
///
/// #[derive(Debug, PartialEq, serde::Deserialize)]
/// struct Note {
///     id: u64,
///     text: String,
/// }
/// #[derive(serde::Deserialize)]
/// struct Notes {
///     count: u64,
///     notes: Records<Note>,
/// }
///
/// let body = br#"{"count": 2, "notes": [{"id": 1, "text": "a"}, {"id": 2, "text": null}]}"#;
/// let Notes { count, notes } = json::read(body)?;
/// let page = notes.into_page().with_total(Some(count));
/// assert_eq!(page.items, [Note { id: 1, text: "a".into() }]);
/// assert_eq!((page.undecodable[0].index, &*page.undecodable[0].id), (1, "2"));
/// assert_eq!(page.undecodable[0].error.at(), "[1].text");
/// # Ok::<(), json::JsonError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Records<T>(Page<T>);

impl<T> Records<T> {
    /// The page that these rows make.
    #[must_use]
    pub fn into_page(self) -> Page<T> {
        self.0
    }
}

impl<T> Default for Records<T> {
    fn default() -> Self {
        Self(Page::new(Vec::new(), Vec::new()))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Records<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Rows(PhantomData))
    }
}

struct Rows<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Rows<T> {
    type Value = Records<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Records<T>, A::Error> {
        let Records(mut page) = Records::default();
        while let Some(row) = rows.next_element::<Box<RawValue>>()? {
            match json::read(row.get().as_bytes()) {
                Ok(item) => page.items.push(item),
                Err(error) => page.undecodable.push(undecodable(page.rows(), row.get(), &error)),
            }
        }
        Ok(Records(page))
    }
}

#[cold]
fn undecodable(index: usize, row: &str, error: &json::JsonError) -> Undecodable {
    let dot = if error.path().is_empty() || error.path().starts_with('[') { "" } else { "." };
    let at = format!("[{index}]{dot}{}", error.path());
    Undecodable::new(index, id(row), DecodeError::unreadable(at, error.what().to_owned()))
}

/// By the scanner: what makes the row unreadable may be text that can't be read at all.
fn id(row: &str) -> Box<str> {
    let id = scan::field(row.as_bytes(), "id");
    let text = id.and_then(Scanned::text).filter(|id| !id.is_empty());
    match (text, id.and_then(Scanned::read::<Number>)) {
        (Some(id), _) => id.into(),
        (None, Some(id)) => id.to_string().into(),
        (None, None) => {
            let mut hasher = DefaultHasher::new();
            hasher.write(row.as_bytes());
            format!("row #{:016x}", hasher.finish()).into()
        }
    }
}

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

    fn visit_unit<E: de::Error>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_none<E: de::Error>(self) -> Result<Vec<T>, E> {
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
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        id: u64,
        tags: Vec<u8>,
    }

    fn read(text: &str) -> Page<Row> {
        json::read::<Records<Row>>(text.as_bytes()).unwrap().into_page()
    }

    #[test]
    fn a_row_that_cannot_be_read_is_named_and_hides_no_other() {
        let page = read(
            r#"[{"id":1,"tags":[]}, {"id":"canary","tags":[1,"x"]}, 7, {"id":3,"tags":[2]},
                {"id":4}, null, [[]], {"id":{}}]"#,
        );
        assert_eq!(page.items, [Row { id: 1, tags: vec![] }, Row { id: 3, tags: vec![2] }]);
        let known: Vec<_> = page.undecodable.iter().map(|row| (row.index, &*row.id, row.error.at())).collect();
        assert_eq!(known[0], (1, "canary", "[1].id"));
        assert_eq!((known[1].0, known[1].2), (2, "[2]"));
        assert_eq!(known[2], (4, "4", "[4]"));
        assert_eq!(known.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 4, 5, 6, 7]);
        assert_eq!(page.rows(), 8);
    }

    #[test]
    fn rows_without_an_id_are_told_apart_and_show_nothing_of_themselves() {
        let page = read(r#"[{"text":"canary"}, {"text":"other"}, {"text":"canary"}]"#);
        let ids: Vec<_> = page.undecodable.iter().map(|row| &row.id).collect();
        assert!(ids[0] == ids[2] && ids[0] != ids[1] && ids[0].starts_with("row #"), "{ids:?}");
        assert!(!format!("{page:?}").contains("canary"));
    }

    #[test]
    fn an_array_that_breaks_off_or_is_none_is_no_list() {
        for text in ["", "{}", "null", "7", r#"[{"id":1"#, r#"[{"id":1,"tags":[]}"#, r#"[{"id":1,"tags":[]},]"#] {
            assert!(json::read::<Records<Row>>(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(read("[]").rows(), 0);
        assert_eq!(Records::<Row>::default().into_page(), read("[]"));
    }

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
