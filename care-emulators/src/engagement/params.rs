//! Request parameters, by the conventions of Ruby's web frameworks.
//!
//! The last value of a repeated name counts; a list needs brackets (`name[]`), and a map has its keys in brackets
//! (`name[key]`, `name[key][]`).

use crate::{bodies::form_pairs, engagement::error_response::ErrorResponse};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Names and values in the order in which they were sent: the query first, then the form.
#[derive(Debug, Clone, Default)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Decodes a query and a form. `None` if one of them is malformed.
    pub(super) fn read(query: &str, form: &[u8]) -> Option<Self> {
        let mut all = form_pairs(query)?;
        all.extend(form_pairs(std::str::from_utf8(form).ok()?)?);
        Some(Self(all))
    }

    fn values<'a>(&'a self, name: &str) -> impl DoubleEndedIterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The last value of a parameter without brackets.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.values(name).next_back()
    }

    /// A required value, which may not be empty.
    pub(super) fn required(&self, name: &str) -> Result<&str, ErrorResponse> {
        self.one(name).filter(|value| !value.is_empty()).ok_or_else(|| ErrorResponse::missing(name))
    }

    /// All values of the parameter `name[]` that aren't empty. `None` if it wasn't sent.
    pub(super) fn many(&self, name: &str) -> Option<Vec<&str>> {
        let name = format!("{name}[]");
        let mut values = self.values(&name).peekable();
        values.peek()?;
        Some(values.filter(|value| !value.is_empty()).collect())
    }

    /// One value or many: a name with or without brackets, but not both.
    pub(super) fn one_or_many(&self, name: &str) -> Result<Option<Vec<&str>>, ErrorResponse> {
        match (self.one(name), self.many(name)) {
            (Some(_), Some(_)) => Err(ErrorResponse::invalid(name)),
            (Some(one), None) => Ok(Some(vec![one])),
            (None, many) => Ok(many),
        }
    }

    /// The parameters `name[key]` and `name[key][]` as an object of strings and lists of strings.
    pub(super) fn map(&self, name: &str) -> Result<Map<String, Value>, ErrorResponse> {
        let mut map: BTreeMap<&str, Value> = BTreeMap::new();
        for (sent, value) in &self.0 {
            let Some(rest) = sent.strip_prefix(name).and_then(|rest| rest.strip_prefix('[')) else { continue };
            let invalid = || ErrorResponse::invalid(name);
            let (key, brackets) = rest.split_once(']').filter(|(key, _)| !key.is_empty()).ok_or_else(invalid)?;
            match (brackets, map.entry(key).or_insert_with(|| empty_value(brackets))) {
                ("", Value::String(text)) => value.clone_into(text),
                ("[]", Value::Array(values)) => values.extend((!value.is_empty()).then(|| Value::from(value.as_str()))),
                _ => return Err(invalid()),
            }
        }
        Ok(map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }
}

/// The initial value of a key: an empty string, or an empty list if brackets follow the key.
fn empty_value(brackets: &str) -> Value {
    if brackets.is_empty() { Value::String(String::new()) } else { Value::Array(Vec::new()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn params(query: &str) -> Params {
        Params::read(query, b"").unwrap()
    }

    #[test]
    fn of_repeated_names_the_last_one_wins_and_brackets_collect() {
        let params = Params::read("a=1&a=2&b[]=1&b%5B%5D=&b[]=2,3&c[]=", b"a=3&b[]=4").unwrap();
        assert_eq!((params.one("a"), params.one("b"), params.one("b[]")), (Some("3"), None, Some("4")));
        assert_eq!(params.many("b"), Some(vec!["1", "2,3", "4"]));
        assert_eq!((params.many("a"), params.many("c")), (None, Some(vec![])));
        assert_eq!(params.one_or_many("a").unwrap(), Some(vec!["3"]));
        assert_eq!(params.one_or_many("b").unwrap(), Some(vec!["1", "2,3", "4"]));
        assert_eq!(params.one_or_many("d").unwrap(), None);
        assert!(Params::read("a=%", b"").is_none() && Params::read("", b"\xff").is_none());
    }

    #[test]
    fn a_name_with_and_without_brackets_is_refused() {
        for both in ["a=1&a[]=2", "a[]=2&a=1", "a=&a[]="] {
            assert!(params(both).one_or_many("a").is_err(), "{both}");
        }
    }

    #[test]
    fn a_map_has_texts_and_lists() {
        let sent = params("m[a]=1&m[a]=2&m[b][]=1&m[b][]=2&m[c][]=&m[d]=&m=x&mm[e]=1&n[f]=1");
        let read = Value::from(sent.map("m").unwrap());
        assert_eq!(read, json!({ "a": "2", "b": ["1", "2"], "c": [], "d": "" }));
        for wrong in ["m[]=1", "m[a=1", "m[a]x=1", "m[a][b]=1", "m[a]=1&m[a][]=2", "m[a][]=1&m[a]=2"] {
            assert!(params(wrong).map("m").is_err(), "{wrong}");
        }
    }
}
