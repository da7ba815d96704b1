//! The leaves of a documented example, where they are in the decoded value, and what it means that one is kept.
//!
//! The examples are read here by themselves, and not by the reader that is tested.

use care_client_core::wire::timestamp;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use serde_json::Value;

/// The JSON pointers and texts of all attributes and texts of a document, as the types here would have them.
pub(crate) fn documented(text: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut counts = vec![0];
    let mut leaves = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                path.push(step(&tag, &mut counts));
                counts.push(0);
                attributes(&tag, &path, &mut leaves);
            }
            Event::Empty(tag) => {
                path.push(step(&tag, &mut counts));
                attributes(&tag, &path, &mut leaves);
                path.pop();
            }
            Event::Text(text) if !text.trim().is_empty() => leaves.push((path.concat(), text.to_string())),
            Event::Text(_) => {}
            Event::End(_) => {
                path.pop();
                counts.pop();
            }
            Event::Eof => return leaves,
            other => panic!("the examples have no {other:?}"),
        }
    }
}

/// The step to an element: rows of a list by their number, the root by none.
fn step(tag: &BytesStart<'_>, counts: &mut [usize]) -> String {
    let row = counts.last_mut().unwrap();
    *row += 1;
    match tag.name().as_ref() {
        "support-requests" | "ref" => String::new(),
        "support-request" if counts.len() == 1 => String::new(),
        "support-request" | "update" => format!("/{}", counts.last().unwrap() - 1),
        "type" => "/kind".to_owned(),
        name => format!("/{}", name.replace('-', "_")),
    }
}

fn attributes(tag: &BytesStart<'_>, path: &[String], leaves: &mut Vec<(String, String)>) {
    for attribute in tag.attributes() {
        let attribute = attribute.unwrap();
        let name = match attribute.key.as_ref() {
            "xmlns" => continue,
            "ref" => "href".to_owned(),
            "external-reference" => "extid".to_owned(),
            name => name.replace('-', "_"),
        };
        leaves.push((format!("{}/{name}", path.concat()), attribute.value.into_owned()));
    }
}

/// The paths and values of all leaves of a decoded value.
pub(crate) fn decoded(value: &Value) -> Vec<(String, Value)> {
    fn walk(value: &Value, at: String, found: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(keys) => keys.iter().for_each(|(key, value)| walk(value, format!("{at}/{key}"), found)),
            Value::Array(rows) => rows.iter().enumerate().for_each(|(n, row)| walk(row, format!("{at}/{n}"), found)),
            Value::Null => {}
            leaf => found.push((at, leaf.clone())),
        }
    }
    let mut found = Vec::new();
    walk(value, String::new(), &mut found);
    found
}

/// Whether a documented text and a decoded value mean the same: the same text or the same instant.
fn same(documented: &str, decoded: Option<&Value>) -> bool {
    let Some(decoded) = decoded.and_then(Value::as_str) else { return false };
    match timestamp::parse(documented) {
        Some(instant) => timestamp::parse(decoded) == Some(instant),
        None => documented == decoded,
    }
}

/// The paths at which `value` has not what the document has.
pub(crate) fn lost(leaves: &[(String, String)], value: &Value) -> Vec<String> {
    leaves.iter().filter(|(path, text)| !same(text, value.pointer(path))).map(|(path, _)| path.clone()).collect()
}
