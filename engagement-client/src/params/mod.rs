//! Parameters as Rails reads them: flat keys, lists (`a[]`), maps (`a[key]`), maps of lists (`a[key][]`) and lists of
//! maps (`a[][key]`), in the order in which they were set.
//!
//! - Order is kept, since the service assigns `a[][key]` to an element by order alone.
//! - A list without elements is sent as one empty element, which clears it: a list that isn't sent changes nothing.
//! - A key of a map that contains a bracket would address something else, so it is rejected.
//! - Short parameters go into the query, as the vendor's specification has it. Of a POST or PUT, long ones go into a
//!   form body (defect `ENG-12`).
//!
//! What can't be sent is remembered when it is set, and reported when the request is made.
//!
//! Source: RingCentral, *Engage Digital developer guide*, `docs/basics/requests.md`,
//! <https://github.com/ringcentral/engage-digital-api-docs>.

mod field_value;
mod setters;

pub use field_value::FieldValue;
pub(crate) use setters::setters;

use crate::ids::ObjectId;
use care_client_core::{Error, RequestParts};
use http::Method;
use serde_json::{Map, Value};
use std::{borrow::Cow, fmt};

type Text = Cow<'static, str>;

/// The most bytes of parameters in an address: servers and proxies limit the whole request line to 8 KB or less.
const MAX_QUERY: usize = 4_000;

/// The parameters of a request, in order.
///
/// Values can be messages and names of people, so `Debug` shows the keys alone.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Params {
    pairs: Vec<(Text, Text)>,
    fault: Option<Text>,
}

impl Params {
    /// Sets a parameter, and replaces an earlier value of it.
    pub(crate) fn set(&mut self, key: impl Into<Text>, value: impl Into<Text>) {
        let key = key.into();
        self.remove(&key);
        self.pairs.push((key, value.into()));
    }

    /// Sets an id; an invalid one is reported later.
    pub(crate) fn id(&mut self, key: &'static str, id: &impl ObjectId) {
        self.check_id(key, id);
        self.set(key, id.text().to_owned());
    }

    /// Sets a list, whose key ends in `[]`. An empty one clears the list on the server.
    pub(crate) fn list<T: Into<Text>>(&mut self, key: &'static str, values: impl IntoIterator<Item = T>) {
        self.remove(key);
        let before = self.pairs.len();
        self.pairs.extend(values.into_iter().map(|value| (Text::from(key), value.into())));
        if self.pairs.len() == before {
            self.pairs.push((key.into(), "".into()));
        }
    }

    /// Sets a list of ids. An empty one clears the list on the server.
    pub(crate) fn ids<I: ObjectId>(&mut self, key: &'static str, ids: impl IntoIterator<Item = I>) {
        let ids: Vec<I> = ids.into_iter().collect();
        ids.iter().for_each(|id| self.check_id(key, id));
        self.list(key, ids.into_iter().map(|id| id.text().to_owned()));
    }

    /// Sets a filter by several ids, which the service takes as one text with commas. Without an id, the filter would
    /// let everything through, so that is reported later.
    pub(crate) fn joined<I: ObjectId>(&mut self, key: &'static str, ids: impl IntoIterator<Item = I>) {
        let ids: Vec<I> = ids.into_iter().collect();
        ids.iter().for_each(|id| self.check_id(key, id));
        if ids.is_empty() {
            self.reject(format!("`{key}` has no id and would match everything: leave the filter out instead"));
        }
        let ids: Vec<&str> = ids.iter().map(ObjectId::text).collect();
        self.set(key, ids.join(","));
    }

    /// Sets one entry of a map: `name[key]`.
    pub(crate) fn entry(&mut self, name: &'static str, key: &str, value: impl Into<Text>) {
        self.check_key(name, key);
        let key = format!("{name}[{key}]");
        self.remove(&key);
        self.pairs.push((key.into(), value.into()));
    }

    /// Sets a custom field in a map: `name[key]`, or `name[key][]` for each of several values. It replaces what was set
    /// for this key before.
    pub(crate) fn field(&mut self, name: &'static str, key: &str, value: FieldValue) {
        self.check_key(name, key);
        let (one, several) = (format!("{name}[{key}]"), format!("{name}[{key}][]"));
        self.remove(&one);
        self.remove(&several);
        match value {
            FieldValue::One(text) => self.pairs.push((one.into(), text.into())),
            FieldValue::Several(texts) if texts.is_empty() => {
                self.reject("a custom field has no value: to clear it, set one empty text in a list: [\"\"]");
            }
            FieldValue::Several(texts) => {
                self.pairs.extend(texts.into_iter().map(|text| (several.clone().into(), text.into())));
            }
        }
    }

    /// Adds one element to a list of maps: `name[][key]` for each pair. The service begins a new element at a key that
    /// the last element has already, so each element must set the same first key.
    pub(crate) fn element<T: Into<Text>>(
        &mut self,
        name: &'static str,
        element: impl IntoIterator<Item = (&'static str, T)>,
    ) {
        self.pairs.extend(element.into_iter().map(|(key, value)| (format!("{name}[][{key}]").into(), value.into())));
    }

    /// Remembers why this can't be sent; the first reason counts.
    pub(crate) fn reject(&mut self, reason: impl Into<Text>) {
        self.fault.get_or_insert(reason.into());
    }

    /// The value of a parameter.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_ref())
    }

    /// Whether a parameter is set.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.pairs.iter().any(|(known, _)| known == key)
    }

    /// Whether nothing is set.
    pub(crate) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Adds the parameters to a request: to the query, or to a form body where they are too long for one.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if something was set that can't be sent, or is too long for a GET or
    /// DELETE.
    pub(crate) fn apply(&self, parts: RequestParts) -> Result<RequestParts, Error> {
        self.check()?;
        if self.length() <= MAX_QUERY {
            return Ok(self.pairs.iter().fold(parts, |parts, (key, value)| parts.query(key.clone(), value.clone())));
        }
        if matches!(*parts.method(), Method::GET | Method::DELETE) {
            return Err(Error::request(format!("the filters exceed {MAX_QUERY} bytes: use fewer or shorter ones")));
        }
        Ok(parts.form(self.pairs.iter().map(|(key, value)| (key, value))))
    }

    /// Adds the parameters to a request as a form body, which keeps texts of people out of addresses and their logs.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply).
    pub(crate) fn apply_as_form(&self, parts: RequestParts) -> Result<RequestParts, Error> {
        self.check()?;
        Ok(parts.form(self.pairs.iter().map(|(key, value)| (key, value))))
    }

    /// The parameters as a JSON object: `a[]` is an array, `flags` are booleans.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if something was set that can't be sent.
    pub(crate) fn json(&self, flags: &[&str]) -> Result<Map<String, Value>, Error> {
        self.check()?;
        let mut object = Map::new();
        for (key, value) in &self.pairs {
            match key.strip_suffix("[]") {
                Some(name) => {
                    let list = object.entry(name).or_insert_with(|| Value::Array(Vec::new()));
                    if let (Value::Array(list), false) = (list, value.is_empty()) {
                        list.push(value.as_ref().into());
                    }
                }
                None => {
                    let value = match flags.contains(&key.as_ref()) {
                        true => (value == "true").into(),
                        false => value.as_ref().into(),
                    };
                    object.insert(key.as_ref().to_owned(), value);
                }
            }
        }
        Ok(object)
    }

    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if something was set that can't be sent.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.fault.as_ref().map_or(Ok(()), |fault| Err(Error::request(fault.clone())))
    }

    fn remove(&mut self, key: &str) {
        self.pairs.retain(|(known, _)| known != key);
    }

    /// Remembers an invalid id.
    pub(crate) fn check_id(&mut self, key: &'static str, id: &impl ObjectId) {
        if let Some(error) = id.validation_error() {
            self.reject(format!("the id in `{key}` {error}"));
        }
    }

    fn check_key(&mut self, name: &'static str, key: &str) {
        if key.trim().is_empty() || key.contains(['[', ']']) || key.contains(char::is_control) {
            self.reject(format!(
                "a key of `{name}` is empty or contains a bracket or line break: use the key of the field's \
                 definition, not its label"
            ));
        }
    }

    /// The bytes of the encoded parameters.
    fn length(&self) -> usize {
        self.pairs.iter().map(|(key, value)| encoded_length(key) + encoded_length(value) + 2).sum()
    }
}

/// The length of a text when percent-encoded.
fn encoded_length(text: &str) -> usize {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() || b"-._* ".contains(&byte) { 1 } else { 3 }).sum()
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.pairs.iter().map(|(key, _)| key)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CategoryId, UserId};
    use care_client_core::Kind;

    fn query(params: &Params) -> String {
        let parts = params.apply(RequestParts::get(["x"])).unwrap();
        let pairs: Vec<_> = parts.query_pairs().iter().map(|(key, value)| format!("{key}={value}")).collect();
        pairs.join("&")
    }

    #[test]
    fn each_shape_has_the_keys_that_rails_reads_and_order_is_kept() {
        let mut params = Params::default();
        params.set("name", "a");
        params.ids("category_ids[]", ["b", "a"].map(CategoryId::from));
        params.entry("custom_field_values", "order", "1");
        params.field("custom_field_values", "topics", "x".into());
        params.field("custom_field_values", "topics", ["x", "y"].into());
        params.element("channels", [("channel_id", "1"), ("max_capacity", "2")]);
        params.element("channels", [("channel_id", "2"), ("max_capacity", "3")]);
        params.joined("ids", ["p", "q"].map(UserId::from));
        params.set("name", "b");
        assert_eq!(
            query(&params),
            "category_ids[]=b&category_ids[]=a&custom_field_values[order]=1&custom_field_values[topics][]=x\
             &custom_field_values[topics][]=y&channels[][channel_id]=1&channels[][max_capacity]=2\
             &channels[][channel_id]=2&channels[][max_capacity]=3&ids=p,q&name=b"
        );
    }

    #[test]
    fn the_last_value_of_a_field_replaces_one_of_the_other_kind() {
        let mut params = Params::default();
        params.field("custom_field_values", "topics", ["x", "y"].into());
        params.field("custom_field_values", "topics", "z".into());
        assert_eq!(query(&params), "custom_field_values[topics]=z");
        params.field("custom_field_values", "topics", ["x"].into());
        assert_eq!(query(&params), "custom_field_values[topics][]=x");
    }

    #[test]
    fn an_empty_list_clears_and_an_empty_filter_is_rejected() {
        let mut params = Params::default();
        params.list("tag_ids[]", Vec::<String>::new());
        assert_eq!(query(&params), "tag_ids[]=");
        params.joined("ids", Vec::<UserId>::new());
        assert_eq!(params.apply(RequestParts::get(["x"])).unwrap_err().kind(), Kind::Request);
    }

    #[test]
    fn what_would_address_something_else_is_rejected_without_being_quoted() {
        type Set = fn(&mut Params);
        let reject: [(Set, &str); 4] = [
            (|params| params.entry("custom_field_values", "CANARY][x", "v"), "bracket"),
            (|params| params.entry("custom_field_values", " ", "v"), "empty"),
            (|params| params.id("user_id", &UserId::from("CANARY\n")), "newline"),
            (|params| params.ids("user_ids[]", ["a,CANARY"].map(UserId::from)), "separately"),
        ];
        for (set, expected) in reject {
            let mut params = Params::default();
            set(&mut params);
            let error = params.apply(RequestParts::put(["x"])).unwrap_err().to_string();
            assert!(error.contains(expected) && !error.contains("CANARY"), "{error}");
        }
    }

    #[test]
    fn long_parameters_go_into_a_form_and_debug_shows_keys_alone() {
        // ENG-12
        let mut params = Params::default();
        params.set("body", "CANARY ä".repeat(700));
        let parts = params.apply(RequestParts::post(["x"])).unwrap();
        assert_eq!(parts.headers()["content-type"], "application/x-www-form-urlencoded");
        assert!(parts.query_pairs().is_empty() && !parts.body_bytes().is_empty());
        let error = params.apply(RequestParts::get(["x"])).unwrap_err().to_string();
        assert!(error.contains("4000 bytes"), "{error}");
        assert_eq!(format!("{params:?}"), r#"["body"]"#);
    }
}
