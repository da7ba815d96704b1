//! The documented examples, their leaves, and what it means that one is kept.

use std::fs;
use std::path::Path;

use aura_client::Callout;
use care_client_core::wire::{json, timestamp};
use serde_json::Value;

pub(crate) const CALLOUTS: [&str; 7] = [
    "created",
    "responder-dispatched-tech",
    "responder-dispatched-manual",
    "responder-cancelled",
    "responder-arrived",
    "responder-completed",
    "closed",
];

pub(crate) fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).with_extension("json");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn fixture(name: &str) -> Value {
    serde_json::from_str(&text(name)).unwrap()
}

pub(crate) fn decode(document: &Value) -> Callout {
    json::read(document.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// Every documented callout, with and without the documented events.
pub(crate) fn documents() -> Vec<(String, Value)> {
    let events = fixture("callout-events");
    CALLOUTS
        .iter()
        .flat_map(|name| {
            let bare = fixture(name);
            let mut full = bare.clone();
            full["calloutEvents"] = events["calloutEvents"].clone();
            [((*name).to_owned(), bare), (format!("{name} with events"), full)]
        })
        .collect()
}

/// The paths and values of all leaves.
pub(crate) fn leaves(value: &Value) -> Vec<(String, Value)> {
    fn walk(value: &Value, at: String, found: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(keys) => keys.iter().for_each(|(key, value)| walk(value, format!("{at}/{key}"), found)),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(n, item)| walk(item, format!("{at}/{n}"), found))
            }
            leaf => found.push((at, leaf.clone())),
        }
    }
    let mut found = Vec::new();
    walk(value, String::new(), &mut found);
    found
}

fn same(documented: &Value, decoded: Option<&Value>) -> bool {
    let instant = |value: &Value| value.as_str().and_then(timestamp::parse);
    let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.parse().ok());
    match (documented, decoded) {
        (Value::Null, None | Some(Value::Null)) => true,
        (_, None) => false,
        (a, Some(b)) if a == b => true,
        (a, Some(b)) if instant(a).is_some() => instant(a) == instant(b),
        (a, Some(b)) => b.is_number() && number(a).is_some() && number(a) == number(b),
    }
}

/// The paths at which `decoded` has not what `documented` has.
pub(crate) fn lost(documented: &Value, decoded: &Value) -> Vec<String> {
    let differs = |(path, leaf): (String, Value)| (!same(&leaf, decoded.pointer(&path))).then_some(path);
    leaves(documented).into_iter().filter_map(differs).collect()
}
