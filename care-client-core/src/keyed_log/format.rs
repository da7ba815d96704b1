//! The lines of the file. The first names the format and the content; each further one saves or removes one record:
//!
//! ```json
//! {"keyed_log":2,"content":"sessions"}
//! {"group":1,"key":"a","value":{"phase":"creating"}}
//! {"group":2,"key":"a"}
//! ```
//!
//! `group` counts the writes, without gaps: lines of one group were synced together. A crash can tear the last group at
//! any place, not only at its end, since a disk writes blocks in any order. So unreadable lines are skipped if they
//! belong to the last group, none of whose saves has returned; anywhere else they are damage.

use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::{collections::BTreeMap, io};

/// What a [`KeyedLog`](crate::KeyedLog) keeps.
pub trait Record: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What the records are, in the plural, for error messages and the head of the file: `sessions`.
    const CONTENT: &'static str;

    /// The key: a save replaces the record that has the same one.
    fn key(&self) -> &str;

    /// Reads a file of the first format, one JSON document.
    ///
    /// # Errors
    ///
    /// If it is no such file.
    fn read_first_format<'de, D: Deserializer<'de>>(document: D) -> Result<Vec<Self>, D::Error>;
}

/// The format that this version writes; the first one was a single JSON document.
const FORMAT: u32 = 2;

/// Records as JSON text, by key.
pub(super) type Values = BTreeMap<Box<str>, Box<str>>;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head<'a> {
    keyed_log: u32,
    content: &'a str,
}

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    group: u64,
    #[serde(borrow)]
    key: std::borrow::Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    value: Option<&'a RawValue>,
}

/// What a file held.
pub(super) struct Loaded {
    pub(super) values: Values,
    /// The number of the last group.
    pub(super) group: u64,
    /// Whether lines can be appended: it is in the present format, its last write was whole, and its last line ends.
    pub(super) appendable: bool,
    /// Whether it is in the first format, and must be kept when it is replaced.
    pub(super) is_first_format: bool,
    /// Its length in bytes.
    pub(super) len: u64,
}

/// The first line of a new file.
pub(super) fn head(content: &'static str) -> String {
    format!("{{\"keyed_log\":{FORMAT},\"content\":\"{content}\"}}\n")
}

/// Adds the line of one change.
pub(super) fn push_line(text: &mut String, group: u64, key: &str, value: Option<&str>) -> io::Result<()> {
    let key = serde_json::to_string(key)?;
    text.push_str(&format!("{{\"group\":{group},\"key\":{key}"));
    if let Some(value) = value {
        text.push_str(",\"value\":");
        // In JSON a raw line break is only ever white space.
        for (number, part) in value.split('\n').enumerate() {
            text.push_str(if number > 0 { " " } else { "" });
            text.push_str(part);
        }
    }
    text.push_str("}\n");
    Ok(())
}

/// About how many bytes of the file a record takes.
pub(super) fn line_len(key: &str, value: &str) -> u64 {
    (key.len() + value.len() + 40) as u64
}

/// Reads a whole file.
pub(super) fn load<R: Record>(bytes: &[u8]) -> io::Result<Loaded> {
    let len = bytes.len() as u64;
    if bytes.trim_ascii().is_empty() {
        return Ok(Loaded { values: Values::new(), group: 0, appendable: false, is_first_format: false, len });
    }
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let Ok(head) = serde_json::from_slice::<Head<'_>>(first) else {
        return load_first_format::<R>(bytes);
    };
    if head.content != R::CONTENT {
        return Err(invalid(format!("it holds {} and not {}: give another path", head.content, R::CONTENT)));
    }
    if head.keyed_log > FORMAT {
        let found = head.keyed_log;
        return Err(invalid(format!(
            "it has format {found}, and this version reads up to {FORMAT}: use a newer version"
        )));
    }
    load_lines::<R>(bytes)
}

fn load_first_format<R: Record>(bytes: &[u8]) -> io::Result<Loaded> {
    let mut document = serde_json::Deserializer::from_slice(bytes);
    let records = R::read_first_format(&mut document).and_then(|records| document.end().map(|()| records));
    let records = records.map_err(|error| {
        // serde's own words can quote the content.
        let (line, column, content) = (error.line(), error.column(), R::CONTENT);
        invalid(format!(
            "it holds no {content}, from line {line}, column {column} on: move it away, or give another path"
        ))
    })?;
    let mut values = Values::new();
    for record in records {
        values.insert(record.key().into(), serde_json::to_string(&record)?.into());
    }
    Ok(Loaded { values, group: 0, appendable: false, is_first_format: true, len: bytes.len() as u64 })
}

fn load_lines<R: Record>(bytes: &[u8]) -> io::Result<Loaded> {
    let mut values = Values::new();
    let mut group = 0;
    // The number of the first line that can't be read, and of the last group before it.
    let mut torn: Option<(usize, u64)> = None;
    let mut torn_group = None;
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate().skip(1) {
        let read = serde_json::from_slice::<Line<'_>>(line).ok();
        let is_readable = |read: &Line<'_>| read.value.is_none_or(|value| is_record::<R>(&read.key, value.get()));
        let Some(read) = read.filter(is_readable) else {
            torn = torn.or(Some((number + 1, group)));
            continue;
        };
        if let Some((at, before)) = torn {
            // What follows a torn line must be of the same write.
            let same_write = read.group == *torn_group.get_or_insert(read.group) && read.group <= before + 1;
            if !same_write {
                return Err(damaged::<R>(at));
            }
        }
        group = group.max(read.group);
        match read.value {
            Some(value) => drop(values.insert(read.key.into(), value.get().into())),
            None => drop(values.remove(read.key.as_ref())),
        }
    }
    let appendable = torn.is_none() && bytes.ends_with(b"\n");
    Ok(Loaded { values, group, appendable, is_first_format: false, len: bytes.len() as u64 })
}

/// Whether this JSON text can be read as a record with this key.
pub(super) fn is_record<R: Record>(key: &str, value: &str) -> bool {
    serde_json::from_str::<R>(value).is_ok_and(|record| record.key() == key)
}

/// The records themselves.
pub(super) fn records<R: Record>(values: &Values) -> io::Result<Vec<R>> {
    values.values().map(|value| Ok(serde_json::from_str(value)?)).collect()
}

fn damaged<R: Record>(line: usize) -> io::Error {
    let content = R::CONTENT;
    invalid(format!(
        "it is damaged at line {line}: keep a copy for the {content} in it, then move it away or repair that line"
    ))
}

fn invalid(text: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

/// A record to save, or without a value a key to forget.
#[derive(Clone)]
pub(super) struct Change {
    pub(super) key: Box<str>,
    pub(super) value: Option<Box<str>>,
}

impl Change {
    pub(super) fn apply_to(&self, values: &mut Values) {
        match &self.value {
            Some(value) => drop(values.insert(self.key.clone(), value.clone())),
            None => drop(values.remove(&self.key)),
        }
    }
}
