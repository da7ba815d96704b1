//! Tells whether decoding lost a documented value.

use care_client_core::wire::timestamp;
use serde_json::Value;

/// The paths and values of all leaves, by JSON pointer.
#[must_use]
pub fn leaves(value: &Value) -> Vec<(String, Value)> {
    fn walk(value: &Value, at: String, found: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(keys) => {
                keys.iter().for_each(|(key, value)| walk(value, format!("{at}/{}", escaped(key)), found))
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(n, item)| walk(item, format!("{at}/{n}"), found));
            }
            leaf => found.push((at, leaf.clone())),
        }
    }
    let mut found = Vec::new();
    walk(value, String::new(), &mut found);
    found
}

/// A key as a JSON pointer has it (RFC 6901).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The paths at which `decoded` has not what `documented` has, by meaning: numeric text equals the number, two
/// spellings of one instant are equal, and null equals what is absent.
#[must_use]
pub fn lost(documented: &Value, decoded: &Value) -> Vec<String> {
    let differs = |(path, leaf): (String, Value)| (!same(&leaf, decoded.pointer(&path))).then_some(path);
    leaves(documented).into_iter().filter_map(differs).collect()
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
