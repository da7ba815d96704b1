//! Documented examples, and comparing responses with them.

use serde_json::Value;
use std::{collections::BTreeSet, path::Path};

/// The text of a fixture of a client.
pub(crate) fn text_of(client: &str, file: &str) -> String {
    let path = format!("{}/../{client}/fixtures/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A JSON fixture of a client.
pub(crate) fn json_of(client: &str, name: &str) -> Value {
    serde_json::from_str(&text_of(client, &format!("{name}.json"))).unwrap()
}

/// Collects all texts in `value`.
pub(crate) fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|item| texts(item, found)),
        _ => {}
    }
}

/// Differences between a response and a documented example that are not allowed.
///
/// Keys must be equal at every depth, and arrays element by element. For other values, `differs` decides, by their path
/// and both values.
pub(crate) fn differences(
    response: &Value,
    example: &Value,
    at: &str,
    differs: fn(&str, &Value, &Value) -> bool,
) -> Vec<String> {
    match (response, example) {
        (Value::Object(ours), Value::Object(theirs)) => {
            let keys: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
            let of_key = |key: &String| match (ours.get(key), theirs.get(key)) {
                (Some(ours), Some(theirs)) => differences(ours, theirs, &format!("{at}.{key}"), differs),
                (None, _) => vec![format!("{at}.{key} is missing")],
                (_, None) => vec![format!("{at}.{key} is not documented")],
            };
            keys.into_iter().flat_map(of_key).collect()
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            let pairs = ours.iter().zip(theirs).enumerate();
            pairs.flat_map(|(n, (ours, theirs))| differences(ours, theirs, &format!("{at}[{n}]"), differs)).collect()
        }
        _ if differs(at, response, example) => vec![format!("{at} is {response}, documented is {example}")],
        _ => Vec::new(),
    }
}

fn sources(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { sources(&path, found) } else { found.push_str(&std::fs::read_to_string(path).unwrap()) }
    }
}

/// Asserts that no emulator has one of these texts as a string in its source.
pub(crate) fn assert_not_in_the_source(texts: &BTreeSet<String>) {
    let mut code = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
    for text in texts {
        assert!(!code.contains(&format!("{text:?}")), "{text:?} stands in the source");
    }
}
